import type { MeanAndVariance, SelfNormalization } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { seriesStyles } from '../figures/series-style.ts';
import type { Trace } from '../figures/trace.ts';
import { formatNumber } from '../number-format.ts';

/** Mean and variance of activations from layer to layer, beside the map that theory iterates. */
export function selfNormalizationFigure(result: SelfNormalization): Figure {
  const { trajectory, initializer, width, dropout, seeds, verdict } = result;
  const parts = ['mean', 'variance'] as const;
  const styles = [...seriesStyles(parts).values()];
  const layers = trajectory.map(({ layer }) => layer);
  const line = (part: keyof MeanAndVariance, i: number): readonly Trace[] => [
    {
      type: 'scatter',
      mode: 'lines+markers',
      name: part,
      x: layers,
      y: trajectory.map(({ measured }) => measured[part]),
      error_y: {
        type: 'data',
        array: trajectory.map(({ standardError }) => 2 * (standardError?.[part] ?? 0)),
        thickness: 1.2,
        width: 3,
        color: styles[i].color,
      },
      line: { color: styles[i].color, width: 2.25 },
      marker: { color: styles[i].color, symbol: styles[i].marker, size: 7 },
      hovertemplate: `${part} in layer %{x}: %{y:.4~g}<extra></extra>`,
    },
    {
      type: 'scatter',
      mode: 'lines',
      name: `${part}, theory`,
      x: layers,
      y: trajectory.map(({ predicted }) => predicted[part]),
      line: { color: styles[i].color, dash: 'dot', width: 2 },
      hovertemplate: `${part} in layer %{x} by theory: %{y:.4~g}<extra></extra>`,
    },
  ];
  const last = trajectory[trajectory.length - 1];
  return {
    data: parts.flatMap(line),
    layout: {
      xaxis: { title: { text: 'Layer; 0 is the input' } },
      yaxis: { title: { text: 'Mean and variance of activations' } },
      hovermode: 'x unified',
    },
    caption: `A SELU network of width ${width} (${initializer}${dropout > 0 ? `, alpha dropout ${dropout}` : ''}): mean and variance of activations by layer, mean over ${seeds} seeds with two standard errors, beside the map that theory iterates (dotted). Verdict: ${verdict}.`,
    alt: `Lines over ${trajectory.length} layers: the mean goes from ${formatNumber(trajectory[0].measured.mean)} to ${formatNumber(last.measured.mean)}, the variance from ${formatNumber(trajectory[0].measured.variance)} to ${formatNumber(last.measured.variance)}.`,
    table: trajectory.map(({ layer, measured, standardError, predicted }) => ({
      layer,
      mean: measured.mean,
      meanError: standardError?.mean ?? null,
      predictedMean: predicted.mean,
      variance: measured.variance,
      varianceError: standardError?.variance ?? null,
      predictedVariance: predicted.variance,
    })),
  };
}
