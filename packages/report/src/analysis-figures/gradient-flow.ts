import type { GradientFlow } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { logAxis } from '../figures/log-axis.ts';
import { seriesStyles } from '../figures/series-style.ts';
import { formatNumber } from '../number-format.ts';

/** Size of the gradient by weight layer, on a logarithmic axis. */
export function gradientFlowFigure({ layers, samples, growthPerLayer }: GradientFlow): Figure {
  const [style] = seriesStyles(['gradient']).values();
  const norms = layers.map(({ gradientNorm }) => gradientNorm);
  const growth =
    growthPerLayer === null
      ? ''
      : ` Squared gradients grow by a factor of ${formatNumber(growthPerLayer, 'significant3')} a layer towards the input.`;
  return {
    data: [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'gradient',
        x: layers.map(({ name }) => name),
        y: norms,
        line: { color: style.color, width: 2.25 },
        marker: { color: style.color, symbol: style.marker, size: 8 },
        hovertemplate: '%{x}: %{y:.3~g}<extra></extra>',
        showlegend: false,
      },
    ],
    layout: {
      xaxis: { title: { text: 'Weight layer, from the input up' }, type: 'category' },
      yaxis: { title: { text: 'Size of the gradient with respect to z' }, ...logAxis('y', norms) },
    },
    caption: `Gradient flow over ${formatNumber(samples, 'integer')} samples: √(mean of |∂ℓ/∂z|²) by weight layer. A line that rises to the right vanishes towards the input.${growth}`,
    alt: `A line over ${layers.length} weight layers on a logarithmic axis: from ${formatNumber(norms[0], 'significant2')} at the input to ${formatNumber(norms[norms.length - 1], 'significant2')} at the output.${growth}`,
    table: layers.map(
      ({ name, gradientNorm, weightGradientNorm, weightNorm, gradientToWeightRatio, growth: factor }) => ({
        layer: name,
        gradientNorm,
        weightGradientNorm,
        weightNorm,
        gradientToWeightRatio,
        growth: factor,
      }),
    ),
  };
}
