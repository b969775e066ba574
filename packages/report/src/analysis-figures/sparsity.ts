import type { Sparsity } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { seriesStyles } from '../figures/series-style.ts';
import { formatNumber } from '../number-format.ts';

/** Sparsity by layer: the share of zeros over all elements, and how the units of the layer spread around it. */
export function sparsityFigure({ layers, samples }: Sparsity): Figure {
  const [units, all] = seriesStyles(['units', 'the whole layer']).values();
  const names = layers.map(({ name }) => name);
  return {
    data: [
      ...layers.map(({ name, unitZeroFractions }, i) => ({
        type: 'box' as const,
        name: 'units',
        legendgroup: 'units',
        showlegend: i === 0,
        x: Array.from(unitZeroFractions, () => name),
        y: Array.from(unitZeroFractions),
        boxpoints: false,
        line: { color: units.color, width: 1.5 },
        hoverinfo: 'y',
      })),
      {
        type: 'scatter' as const,
        mode: 'markers',
        name: 'the whole layer',
        x: names,
        y: layers.map(({ zeroFraction }) => zeroFraction),
        marker: { color: all.color, symbol: 'diamond', size: 10 },
        hovertemplate: '%{x}: %{y:.1%}<extra></extra>',
      },
    ],
    layout: {
      xaxis: { title: { text: 'Activation layer' }, type: 'category' },
      yaxis: { title: { text: 'Share of outputs that are exactly 0' }, range: [0, 1], tickformat: '.0%' },
    },
    caption: `Sparsity by layer over ${formatNumber(samples, 'integer')} samples: the share of zeros among all elements, and the middle half, the median and the range of the shares of single units.`,
    alt: `Boxes of the units’ zero fractions with a mark for each layer: ${layers.map(({ name, zeroFraction }) => `${name} ${formatNumber(zeroFraction, 'percent0')}`).join(', ')}.`,
    table: layers.map(({ name, units: count, zeroFraction, unitSpread }) => ({
      layer: name,
      units: count,
      zeroFraction,
      unitDeviation: unitSpread.deviation,
      leastUnit: unitSpread.minimum,
      greatestUnit: unitSpread.maximum,
    })),
  };
}
