import { type LayerTimeline, type UnitTimeline, unitState } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { palette } from '../figures/palette.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';

/** What a unit is, and what it was before. */
const states = ['alive', 'born dead', 'died', 'revived', 'always on'] as const;
const alive = 0;
const bornDead = 1;
const died = 2;
const revived = 3;
const alwaysOn = 4;

/** Blue is alive, vermillion has died; all of them differ in lightness too. */
const colors: readonly string[] = [0, 7, 1, 2, 5].map((k) => palette[k].light);

/** Every unit of every layer through training: one line a unit, coloured by what it is and was. */
export function unitTimelineFigure({ layers, steps, samples, data, notFinite }: UnitTimeline): Figure {
  const units = layers.flatMap((layer) => Array.from({ length: layer.units }, (_, unit) => ({ layer, unit })));
  const cells = units.map(({ layer, unit }) => unitHistory(layer, unit, steps.length));
  const firsts = layers.map((_, i) => layers.slice(0, i).reduce((sum, layer) => sum + layer.units, 0));
  const present = states.map((_, state) => cells.some((row) => row.includes(state)));
  const last = layers.map(
    ({ name, counts, units: all }) => `${name}: ${counts.dead.at(-1) ?? 0} of ${all} dead at the end`,
  );
  const broken = notFinite ? ` It ends at step ${notFinite.step}, where ${notFinite.layer} was no longer finite.` : '';
  return {
    data: [
      {
        type: 'heatmap',
        x: steps,
        z: cells,
        zmin: -0.5,
        zmax: states.length - 0.5,
        colorscale: states.flatMap((_, i) => [
          [i / states.length, colors[i]],
          [(i + 1) / states.length, colors[i]],
        ]),
        showscale: false,
        text: cells.map((row, i) =>
          row.map((state) => `${units[i].layer.name}, unit ${units[i].unit}: ${states[state]}`),
        ),
        hovertemplate: 'step %{x}, %{text}<extra></extra>',
      },
      ...states.flatMap((name, i): readonly Trace[] =>
        present[i]
          ? [
              {
                type: 'scatter',
                mode: 'markers',
                name,
                x: [null],
                y: [null],
                marker: { color: colors[i], symbol: 'square', size: 12 },
              },
            ]
          : [],
      ),
    ],
    layout: {
      height: Math.min(900, 160 + 6 * units.length),
      xaxis: { title: { text: 'Training step' }, showgrid: false },
      yaxis: {
        title: { text: 'Units by layer' },
        autorange: 'reversed',
        showgrid: false,
        tickmode: 'array',
        tickvals: layers.map(({ units: all }, i) => firsts[i] + (all - 1) / 2),
        ticktext: layers.map(({ name }) => name),
      },
      shapes: firsts.slice(1).map((first) => ({
        type: 'line',
        xref: 'paper',
        x0: 0,
        x1: 1,
        y0: first - 0.5,
        y1: first - 0.5,
        line: { width: 2, color: '#ffffff' },
      })),
      hovermode: 'closest',
    },
    caption: `Every unit through training, on ${formatNumber(samples, 'integer')} samples of ${data}: dead is silent on all of them, always on is linear on all of them.${broken}`,
    alt: `A raster of ${units.length} units by ${steps.length} checks, from step ${steps[0]} to ${steps.at(-1)}. ${last.join('; ')}.${broken}`,
    table: layers.flatMap(({ name, units: all, counts }) =>
      steps.map((step, check) => ({
        layer: name,
        step,
        units: all,
        dead: counts.dead[check],
        alwaysOn: counts.alwaysOn[check],
        died: counts.died[check],
        revived: counts.revived[check],
      })),
    ),
  };
}

/** What a unit is at each check, told by what it was before. */
function unitHistory(layer: LayerTimeline, unit: number, checks: number): readonly number[] {
  let hasSpoken = false;
  let wasDead = false;
  return Array.from({ length: checks }, (_, check) => {
    const now = unitState(layer, unit, check);
    if (now === 'dead') {
      wasDead = true;
      return hasSpoken ? died : bornDead;
    }
    hasSpoken = true;
    if (now === 'always-on') return alwaysOn;
    return wasDead ? revived : alive;
  });
}
