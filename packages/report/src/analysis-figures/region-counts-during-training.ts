import type { RegionCountsDuringTraining } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { linesWithBands } from '../figures/lines-with-bands.ts';
import { formatNumber } from '../number-format.ts';

/** Linear regions and activation patterns through training. */
export function regionCountsDuringTrainingFigure(result: RegionCountsDuringTraining): Figure {
  const { steps, counts, cells, input, predicted, notFinite } = result;
  const where = input.kind === 'line' ? 'on a line' : 'in a window of a plane';
  const ended = notFinite === null ? '' : ` Counting ended at step ${notFinite}, where a number was no longer finite.`;
  const most =
    predicted.upperBound < 1e6
      ? formatNumber(predicted.upperBound, 'integer')
      : formatNumber(predicted.upperBound, 'scientific');
  const lines = { 'activation patterns': cells, 'linear regions': counts };
  const figure = linesWithBands({
    points: Object.entries(lines).flatMap(([series, values]) =>
      steps.map((x, i) => ({ series, x, y: values[i], interval: null })),
    ),
    xTitle: 'Training step',
    yTitle: `Number ${where}`,
    caption: `Linear regions ${where} through training, and activation patterns, of which some have the same output on both sides. No network of this shape has more than ${most}.${ended}`,
    alt: `Lines over ${steps.length} counts in training: from ${counts[0]} linear regions at step ${steps[0]} to ${counts.at(-1) ?? 'none'} at step ${steps.at(-1) ?? 0}.${ended}`,
  });
  return {
    ...figure,
    layout: { ...figure.layout, yaxis: { ...(figure.layout['yaxis'] as object), rangemode: 'tozero' } },
    table: steps.map((step, i) => ({ step, regions: counts[i], patterns: cells[i], upperBound: predicted.upperBound })),
  };
}
