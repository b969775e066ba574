import type { TrainableDepthMap } from '@relu-lab/analysis';
import { ParameterError } from '@relu-lab/core';
import type { Figure } from '../figures/figure.ts';
import { palette } from '../figures/palette.ts';

/**
 * The share of seeds that train, over weight variance and depth, and the depth that theory gives a signal.
 *
 * @throws ParameterError for a map of several activations, bias variances or widths: each is a figure of its own.
 */
export function trainableDepthFigure({ summary }: TrainableDepthMap): Figure {
  const groups = new Set(
    summary.map(
      ({ activation, biasVariance, width }) => `${activation}, bias variance ${biasVariance}, width ${width}`,
    ),
  );
  if (groups.size !== 1) {
    throw new ParameterError(
      `A map of trainable depth is of one activation, bias variance and width, not of ${[...groups].join('; ')}`,
    );
  }
  const [what = ''] = groups;
  const across = distinct(summary.map(({ weightVariance }) => weightVariance));
  const depths = distinct(summary.map(({ depth }) => depth));
  const cell = (weightVariance: number, depth: number) =>
    summary.find((found) => found.weightVariance === weightVariance && found.depth === depth);
  const limits = across.map((weightVariance) => cell(weightVariance, depths[0])?.predicted.depth ?? null);
  const [shallowest, deepest] = [Math.min(...depths), Math.max(...depths)];
  return {
    data: [
      {
        type: 'heatmap',
        x: across,
        y: depths,
        z: depths.map((depth) => across.map((weightVariance) => cell(weightVariance, depth)?.trains.share ?? null)),
        zmin: 0,
        zmax: 1,
        colorscale: 'Cividis',
        colorbar: { title: { text: 'Share of seeds that train' }, tickformat: '.0%' },
        hovertemplate: 'σ<sub>w</sub>² %{x}, %{y} layers: %{z:.0%}<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'lines+markers',
        name: 'depth that theory gives a signal, 6 ξ<sub>c</sub>',
        x: across,
        y: limits.map((limit) => (limit !== null && limit <= deepest * 1.5 ? limit : null)),
        line: { color: palette[1].light, width: 3 },
        marker: { color: palette[1].light, size: 8 },
        showlegend: false,
      },
    ],
    layout: {
      xaxis: { title: { text: 'Weight variance σ<sub>w</sub>²' }, showgrid: false },
      yaxis: { title: { text: 'Depth (weight layers)' }, showgrid: false, range: [shallowest - 1, deepest * 1.1] },
      hovermode: 'closest',
    },
    caption: `Which depths train (${what}): the share of seeds by weight variance and depth. Line: the depth that a signal can travel by mean field theory, about six depth scales ξ of the correlation, where it is within the map.`,
    alt: `A heatmap over ${across.length} weight variances and ${depths.length} depths. All seeds train in ${summary.filter(({ trains }) => trains.share === 1).length} of ${summary.length} cells, none in ${summary.filter(({ trains }) => trains.share === 0).length}.`,
    table: summary.map(({ weightVariance, depth, trains, diverged, predicted }) => ({
      weightVariance,
      depth,
      share: trains.share,
      low: trains.interval[0],
      high: trains.interval[1],
      seeds: trains.trials,
      diverged,
      predictedDepth: predicted.depth,
    })),
  };
}

function distinct(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
