import type { DeadUnits, LayerDeadUnits } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';

/** Dead units by layer, those that are always on, and, where theory has them, the shares that it expects. */
export function deadUnitsFigure({ layers, samples, firingRateBound }: DeadUnits): Figure {
  const states = {
    dead: (layer: LayerDeadUnits) => layer.dead.length / layer.units,
    'always on': (layer: LayerDeadUnits) => layer.alwaysOn.length / layer.units,
  };
  const expected = {
    dead: ({ predicted }: LayerDeadUnits) => predicted?.dead ?? null,
    'always on': ({ predicted }: LayerDeadUnits) => predicted?.alwaysOn ?? null,
  };
  const styles = [...seriesStyles(Object.keys(states)).values()];
  const x = layers.map(({ name }) => name);
  const bars = Object.entries(states).map(([name, share], i): Trace => ({
    type: 'bar',
    name,
    x,
    y: layers.map(share),
    marker: {
      color: styles[i].color,
      ...(i > 0 && { pattern: { shape: '/', fillmode: 'overlay', size: 7, solidity: 0.25 } }),
    },
    hovertemplate: '%{fullData.name}, %{x}: %{y:.1%}<extra></extra>',
  }));
  const lines = Object.entries(expected).flatMap(([name, share], i): readonly Trace[] => {
    const y = layers.map(share);
    if (y.every((value) => value === null)) return [];
    return [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: `${name}, expected`,
        x,
        y,
        line: { color: styles[i].color, dash: 'dot', width: 2 },
        marker: { color: styles[i].color, symbol: styles[i].marker, size: 9 },
        hovertemplate: '%{fullData.name}, %{x}: %{y:.1%}<extra></extra>',
      },
    ];
  });
  const theory = lines.length > 0 ? ' Dotted: what theory expects of fresh wide layers on data so correlated.' : '';
  return {
    data: [...bars, ...lines],
    layout: {
      barmode: 'group',
      xaxis: { title: { text: 'Activation layer' }, type: 'category' },
      yaxis: { title: { text: 'Share of the units' }, rangemode: 'tozero', tickformat: '.0%' },
    },
    caption: `Units without output and slope on any of ${formatNumber(samples, 'integer')} samples (dead: a firing rate below ${formatNumber(firingRateBound, 'significant2')} at 95 %), and units that are linear on all of them (always on).${theory}`,
    alt: `Bars by layer. Dead: ${layers.map((layer) => `${layer.name} ${layer.dead.length} of ${layer.units}`).join(', ')}.`,
    table: layers.map((layer) => ({
      layer: layer.name,
      units: layer.units,
      dead: layer.dead.length,
      alwaysOn: layer.alwaysOn.length,
      expectedDead: layer.predicted?.dead ?? null,
      expectedAlwaysOn: layer.predicted?.alwaysOn ?? null,
      bornDead: layer.fates?.bornDead.length ?? null,
      died: layer.fates?.died.length ?? null,
      revived: layer.fates?.revived.length ?? null,
    })),
  };
}
