import type { PreActivationHistograms } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { palette } from '../figures/palette.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';
import { panels, panelsLayout } from '../figures/panels.ts';

/** The distribution of each layer's pre-activations through training: one panel a layer, its mean drawn over it. */
export function preActivationHistogramsFigure({ layers, steps, samples, data }: PreActivationHistograms): Figure {
  // From the first step to the last: columns are centred on their step, and half of the outer ones would lie beyond.
  const range = steps.length > 1 ? { range: [steps[0], steps[steps.length - 1]] } : {};
  const places = panels(
    layers.map(({ name }) => name),
    1,
    {
      x: { showgrid: false, title: { text: 'Training step' }, ...range },
      y: { showgrid: false, title: { text: 'z' } },
    },
  );
  const traces = layers.flatMap(({ name, edges, counts, mean }, i): readonly Trace[] => {
    const bins = edges.length - 1;
    const middles = Array.from({ length: bins }, (_, bin) => (edges[bin] + edges[bin + 1]) / 2);
    const share = (step: number, bin: number): number => {
      const all = counts.subarray(step * bins, (step + 1) * bins).reduce((sum, count) => sum + count, 0);
      return all === 0 ? NaN : counts[step * bins + bin] / all;
    };
    return [
      {
        type: 'heatmap',
        xaxis: places[i].x,
        yaxis: places[i].y,
        x: steps,
        y: middles,
        z: middles.map((_, bin) => steps.map((_step, step) => share(step, bin))),
        colorscale: 'Cividis',
        coloraxis: 'coloraxis',
        hovertemplate: `${name}, step %{x}, z %{y:.3~g}: %{z:.2%}<extra></extra>`,
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'mean',
        xaxis: places[i].x,
        yaxis: places[i].y,
        x: steps,
        y: mean,
        line: { color: palette[1].light, width: 2 },
        showlegend: false,
      },
    ];
  });
  return {
    data: traces,
    layout: panelsLayout(places, {
      height: 120 + 170 * layers.length,
      coloraxis: {
        colorscale: 'Cividis',
        colorbar: { title: { text: 'Share in a bin' }, tickformat: '.0%' },
      },
      hovermode: 'closest',
    }),
    caption: `Pre-activations by training step, on ${formatNumber(samples, 'integer')} samples of ${data}: the share of elements in each bin, and their mean (line).`,
    alt: `A heatmap over training steps for each of ${layers.length} layers. ${layers.map(({ name, mean, variance }) => `${name}: mean from ${formatNumber(mean[0])} to ${formatNumber(mean.at(-1) ?? NaN)}, variance from ${formatNumber(variance[0])} to ${formatNumber(variance.at(-1) ?? NaN)}`).join('; ')}.`,
    table: layers.flatMap(({ name, mean, variance, below, above, predicted }) =>
      steps.map((step, i) => ({
        layer: name,
        step,
        mean: mean[i],
        variance: variance[i],
        below: below[i],
        above: above[i],
        expectedMean: step === 0 ? (predicted?.mean ?? null) : null,
        expectedVariance: step === 0 ? (predicted?.variance ?? null) : null,
      })),
    ),
  };
}
