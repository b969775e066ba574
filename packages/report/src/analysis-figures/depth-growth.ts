import type { DepthGrowth } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { logAxis } from '../figures/log-axis.ts';
import { seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';

/** Squares of signals and gradients by depth, on a logarithmic axis, beside theory. */
export function depthGrowthFigure(result: DepthGrowth): Figure {
  const { layers, activation, width, weightVariance, normalization, residual, seeds, forward, backward, verdict } =
    result;
  const parts = { secondMoment: 'signal, upwards', squaredGradient: 'gradient, downwards' } as const;
  const styles = [...seriesStyles(Object.values(parts)).values()];
  const traces = Object.entries(parts).flatMap(([key, name], i): readonly Trace[] => {
    const part = key as keyof typeof parts;
    const theory = layers.map(({ predicted }) => predicted[part]);
    const x = layers.map(({ layer }) => layer);
    return [
      {
        type: 'scatter',
        mode: 'lines+markers',
        name,
        x,
        y: layers.map((layer) => layer[part]),
        line: { color: styles[i].color, width: 2.25 },
        marker: { color: styles[i].color, symbol: styles[i].marker, size: 6 },
      },
      ...(theory.some((value) => value !== null)
        ? [
            {
              type: 'scatter' as const,
              mode: 'lines',
              name: `${name}, theory`,
              x,
              y: theory,
              line: { color: styles[i].color, dash: 'dot', width: 2 },
            },
          ]
        : []),
    ];
  });
  const values = layers.flatMap(({ secondMoment, squaredGradient }) => [secondMoment, squaredGradient]);
  return {
    data: traces,
    layout: {
      xaxis: { title: { text: 'Layer' } },
      yaxis: { title: { text: 'Mean square, relative to where it starts' }, ...logAxis('y', values) },
      hovermode: 'x unified',
    },
    caption: `Signals and gradients by depth at initialisation: ${activation}, width ${width}, weight variance ${formatNumber(weightVariance)}, normalisation ${normalization}${residual ? ', residual sums' : ''}; median over ${seeds} seeds, theory dotted. A layer multiplies the square of signals by ${formatNumber(forward.measured, 'significant3')} and of gradients by ${formatNumber(backward.measured, 'significant3')}.`,
    alt: `Lines over ${layers.length} layers on a logarithmic axis. Signals: ${verdict.forward}. Gradients: ${verdict.backward}.`,
    table: layers.map(({ layer, secondMoment, squaredGradient, predicted }) => ({
      layer,
      secondMoment,
      squaredGradient,
      predictedSecondMoment: predicted.secondMoment,
      predictedSquaredGradient: predicted.squaredGradient,
    })),
  };
}
