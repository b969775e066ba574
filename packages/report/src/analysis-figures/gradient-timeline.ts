import type { GradientTimeline } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { linesWithBands } from '../figures/lines-with-bands.ts';

/** Size of each layer's updates relative to its weights, by training step. */
export function gradientTimelineFigure({ layers, steps }: GradientTimeline): Figure {
  return linesWithBands({
    points: layers.flatMap(({ name, updateToWeightRatio }) =>
      steps.map((step, i) => ({ series: name, x: step, y: updateToWeightRatio[i] ?? NaN, interval: null })),
    ),
    xTitle: 'Training step',
    yTitle: 'Update relative to the weights',
    yScale: 'log',
    caption:
      'How much a step changes each layer, |ΔW| / |W|, through training. About a thousandth is usual for a healthy run.',
    alt: `Lines over ${steps.length} steps on a logarithmic axis, one for each of ${layers.map(({ name }) => name).join(', ')}.`,
  });
}
