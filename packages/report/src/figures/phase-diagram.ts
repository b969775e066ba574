import { ParameterError } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';
import type { Phase, PhasePoint } from '@relu-lab/theory';
import { formatNumber } from '../number-format.ts';
import type { Figure } from './figure.ts';
import { palette } from './palette.ts';
import { seriesStyles } from './series-style.ts';
import type { Trace } from './trace.ts';

/** A network that was looked at, to be drawn into the diagram. */
export interface MeasuredPhase {
  readonly name: string;
  readonly weightVariance: number;
  readonly biasVariance: number;
}

/** Options of {@link phaseDiagramFigure}. */
export interface PhaseDiagramFigureOptions {
  /** Whose phases they are, for the caption. */
  readonly activation: string;
  /** Networks to mark. Default none. */
  readonly measured?: readonly MeasuredPhase[];
}

/** Colours of the phases, dark to light in the order of χ₁. */
const colors: Readonly<Record<Phase, string>> = {
  ordered: palette[5].light,
  critical: palette[7].light,
  chaotic: palette[1].light,
  unbounded: palette[6].light,
};

const meanings: Readonly<Record<Phase, string>> = {
  ordered: 'ordered (χ₁ < 1: gradients vanish)',
  critical: 'critical (χ₁ = 1)',
  chaotic: 'chaotic (χ₁ > 1: gradients explode)',
  unbounded: 'unbounded (the signal grows for ever)',
};

const phases: readonly Phase[] = ['ordered', 'critical', 'chaotic', 'unbounded'];

/**
 * The phases of an activation over weight and bias variance, from `phaseDiagram` of `@relu-lab/theory`, on its grid.
 *
 * @throws ParameterError when the points are not a whole grid.
 */
export function phaseDiagramFigure(points: readonly PhasePoint[], options: PhaseDiagramFigureOptions): Figure {
  const { activation, measured = [] } = options;
  const across = distinct(points.map(({ weightVariance }) => weightVariance));
  const upwards = distinct(points.map(({ biasVariance }) => biasVariance));
  if (points.length === 0 || across.length * upwards.length !== points.length) {
    throw new ParameterError(
      `A phase diagram needs one point for each pair of ${across.length} weight variances and ${upwards.length} bias variances; got ${points.length}`,
    );
  }
  const at = new Map(points.map((point) => [`${point.weightVariance} ${point.biasVariance}`, point]));
  const grid = upwards.map((biasVariance) =>
    across.map((weightVariance) => at.get(`${weightVariance} ${biasVariance}`)),
  );
  const present = phases.filter((phase) => points.some((point) => point.phase === phase));
  const [style] = seriesStyles(['networks']).values();
  const marks: readonly Trace[] =
    measured.length === 0
      ? []
      : [
          {
            type: 'scatter',
            mode: 'markers+text',
            name: 'networks',
            x: measured.map(({ weightVariance }) => weightVariance),
            y: measured.map(({ biasVariance }) => biasVariance),
            text: measured.map(({ name }) => name),
            textposition: 'top right',
            marker: { color: style.color, symbol: 'diamond', size: 10 },
          },
        ];
  return {
    data: [
      {
        type: 'heatmap',
        x: across,
        y: upwards,
        z: grid.map((row) => row.map((point) => (point === undefined ? null : phases.indexOf(point.phase)))),
        text: grid.map((row) => row.map((point) => hover(point))),
        hovertemplate: 'σ<sub>w</sub>² %{x:.3~g}, σ<sub>b</sub>² %{y:.3~g}: %{text}<extra></extra>',
        zmin: -0.5,
        zmax: phases.length - 0.5,
        colorscale: phases.flatMap((phase, i) => [
          [i / phases.length, colors[phase]],
          [(i + 1) / phases.length, colors[phase]],
        ]),
        showscale: false,
      },
      ...present.map((phase): Trace => ({
        type: 'scatter',
        mode: 'markers',
        name: meanings[phase],
        x: [null],
        y: [null],
        marker: { color: colors[phase], symbol: 'square', size: 12 },
      })),
      ...marks,
    ],
    layout: {
      xaxis: { title: { text: 'Weight variance σ<sub>w</sub>² = fan-in · Var[W]' } },
      yaxis: { title: { text: 'Bias variance σ<sub>b</sub>²' } },
    },
    caption: `Phases of a wide ${activation} network, by mean field: what becomes of small differences between inputs, and of gradients, with depth.`,
    alt: [
      `A map over weight and bias variance in ${present.length} colours: ${present.map((phase) => `${phase} at ${points.filter((point) => point.phase === phase).length} of ${points.length} points`).join(', ')}.`,
      ...(measured.length > 0 ? [`Marked: ${measured.map(inWords).join(', ')}.`] : []),
    ].join(' '),
    table: [
      ...points.map((point) => (measured.length > 0 ? { network: null, ...rowOf(point) } : rowOf(point))),
      ...measured.map(({ name, weightVariance, biasVariance }) => ({
        network: name,
        weightVariance,
        biasVariance,
        ...phaseOf(at.get(`${weightVariance} ${biasVariance}`)),
      })),
    ],
  };
}

function rowOf(point: PhasePoint): Row {
  const { weightVariance, biasVariance } = point;
  return { weightVariance, biasVariance, ...phaseOf(point) };
}

/** What theory says of a place; nothing beside the grid. */
function phaseOf(point: PhasePoint | undefined): Row {
  return { phase: point?.phase ?? null, q: point?.q ?? null, chi1: point?.chi1 ?? null };
}

function inWords({ name, weightVariance, biasVariance }: MeasuredPhase): string {
  return `${name} at ${formatNumber(weightVariance)} and ${formatNumber(biasVariance)}`;
}

function hover(point: PhasePoint | undefined): string {
  if (point === undefined) return '';
  return point.chi1 === null ? point.phase : `${point.phase}, χ₁ = ${point.chi1.toPrecision(4)}`;
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
