import type { RegionsUnderNoise } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { type LinePoint, linesWithBands } from '../figures/lines-with-bands.ts';
import { formatNumber } from '../number-format.ts';
import { dotted } from './dotted.ts';

const noisy = 'with noise';
const clean = 'without noise';

/** Linear regions of noisy copies by the level of the noise: median over draws with its interval, beside the count without noise. */
export function regionsUnderNoiseFigure({ levels, clean: count, relativeTo, rows }: RegionsUnderNoise): Figure {
  // A logarithmic axis has no 0: that level is the dotted line.
  const drawn = levels.filter(({ level }) => level > 0);
  const shown = drawn.length > 0 ? drawn : levels;
  const points = shown.flatMap(({ level, median, interval }): readonly LinePoint[] => [
    { series: noisy, x: level, y: median, interval },
    { series: clean, x: level, y: count, interval: null },
  ]);
  const seeds = new Set(rows.map(({ seed }) => seed)).size;
  const figure = linesWithBands({
    points,
    xTitle: `Noise, as a share of ${relativeTo === 'layer' ? 'the layer’s root mean square weight' : 'each weight'}`,
    yTitle: 'Linear regions',
    xScale: drawn.length > 0 ? 'log' : 'linear',
    yScale: 'log',
    caption: `Linear regions of copies with normal noise on all weights and biases, by its size: median over ${formatNumber(seeds, 'integer')} draws with its 95 % interval. Dotted: ${formatNumber(count, 'integer')} without noise.`,
    alt: `A line over the noise, on logarithmic axes, beside the ${count} regions without noise: ${levels.map(({ level, shareKept }) => `${formatNumber(shareKept, 'percent')} of them at ${formatNumber(level, 'percent1')}`).join(', ')}.`,
  });
  return {
    ...figure,
    data: dotted(figure.data, (name) => name === clean),
    table: levels.map(({ level, median, interval, shareKept }) => ({
      level,
      median,
      low: interval[0],
      high: interval[1],
      shareKept,
      clean: count,
    })),
  };
}
