import type { Saturation } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { seriesStyles } from '../figures/series-style.ts';
import { formatNumber } from '../number-format.ts';

/** Saturation by layer: the share of elements whose slope is nearly 0, how much of it is silence, and what normal pre-activations would have. */
export function saturationFigure({ layers, samples, threshold }: Saturation): Figure {
  const [flat, silent, theory] = [...seriesStyles(['saturated', 'silent', 'theory']).values()];
  const names = layers.map(({ name }) => name);
  const bars = {
    'output exactly 0': { style: silent, of: layers.map(({ zeroFraction }) => zeroFraction) },
    saturated: {
      style: flat,
      of: layers.map(({ saturatedFraction, zeroFraction }) => saturatedFraction - zeroFraction),
    },
  };
  const expected = layers.map(({ predicted }) => predicted?.saturatedFraction ?? null);
  return {
    data: [
      ...Object.entries(bars).map(([name, { style, of }]) => ({
        type: 'bar' as const,
        name,
        x: names,
        y: of,
        marker: {
          color: style.color,
          ...(style.pattern && { pattern: { shape: style.pattern, fillmode: 'overlay', size: 7, solidity: 0.25 } }),
        },
        hovertemplate: `%{x}, ${name}: %{y:.1%}<extra></extra>`,
      })),
      ...(expected.some((value) => value !== null)
        ? [
            {
              type: 'scatter' as const,
              mode: 'lines+markers',
              name: 'normal pre-activations, theory',
              x: names,
              y: expected,
              line: { color: theory.color, dash: 'dot', width: 2 },
              marker: { color: theory.color, symbol: 'diamond-open', size: 9 },
              hovertemplate: '%{x} by theory: %{y:.1%}<extra></extra>',
            },
          ]
        : []),
    ],
    layout: {
      barmode: 'stack',
      xaxis: { title: { text: 'Activation layer' }, type: 'category' },
      yaxis: { title: { text: 'Share of outputs with hardly a slope' }, range: [0, 1], tickformat: '.0%' },
    },
    caption: `Saturation by layer over ${formatNumber(samples, 'integer')} samples: the share of elements where |φ′(z)| is below ${formatNumber(threshold, 'percent0')} of its largest value. Those whose output is exactly 0 are sparsity rather than saturation. Dotted: what normal pre-activations of the measured mean and variance would have.`,
    alt: `Stacked bars of saturated elements by layer: ${layers.map(({ name, saturatedFraction, zeroFraction }) => `${name} ${formatNumber(saturatedFraction, 'percent0')}, of which ${formatNumber(zeroFraction, 'percent0')} exactly 0`).join('; ')}.`,
    table: layers.map(({ name, units, saturatedFraction, zeroFraction, saturatedUnits, predicted }) => ({
      layer: name,
      units,
      saturatedFraction,
      zeroFraction,
      saturatedUnits: saturatedUnits.length,
      expectedFraction: predicted?.saturatedFraction ?? null,
    })),
  };
}
