import {
  type Figure,
  type LinePoint,
  formatNumber,
  groupedBars,
  linesWithBands,
  pointsWithIntervals,
  seriesStyles,
} from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, paired, select, share } from '../measurements.ts';
import { comparisonsOf, gapComparisons, gapKeys, type Pair } from './comparisons.ts';
import { distinct, networksOf, pairNames } from './networks.ts';
import { purityByChance } from './selectivity.ts';
import { kernels } from './skipping.ts';

/** Zeros against bias and against batch norm's β, in the first and in the last layer. */
export function startFigure(rows: readonly Row[]): Figure {
  const starts = select(rows, { kind: 'start' });
  const ways = { bias: 'bias b', 'batch-norm': 'batch norm, β' } as const;
  const layers = ends(distinct(starts, 'layer').map(Number));
  const points = Object.entries(ways).flatMap(([way, name]) =>
    layers.flatMap((layer) =>
      ascending(distinct(select(starts, { way }), 'shift')).map((shift) => {
        const of = (key: string) => measurement(bySeed(starts, { way, layer, shift }, key), share);
        const { estimate, interval } = of('zeroFraction');
        return {
          series: `${name}, layer ${layer}`,
          x: shift,
          y: estimate,
          interval,
          expected: of('expected').estimate,
        };
      }),
    ),
  );
  return withTheory(
    linesWithBands({
      points,
      xTitle: 'b, or β',
      yTitle: 'Share of zeros',
      format: 'percent0',
      caption:
        'Zeros of networks that have just been drawn, on digits: with a constant bias b in all layers, and with batch norm (γ = 1) with a constant β. Mean over seeds with its 95 % interval. Dotted: theory, Φ(−b/√q) with q from the weights and the mean square of what comes in, and Φ(−β/γ).',
      alt: `Falling lines. ${points.map(({ series, x, y, expected }) => `${series} = ${x}: ${formatNumber(y, 'percent0')}, theory ${formatNumber(expected, 'percent0')}`).join('; ')}.`,
    }),
    points,
  );
}

/** Which share of the units is zero on which share of the digits. */
export function unitsFigure(rows: readonly Row[]): Figure {
  const bins = select(rows, { kind: 'bin' });
  const points = distinct(bins, 'layer').flatMap((layer) =>
    ascending(distinct(bins, 'from')).map((from) => {
      const of = (key: string) => measurement(bySeed(bins, { layer: Number(layer), from }, key), share);
      const { estimate, interval } = of('units');
      return {
        series: `layer ${Number(layer)}`,
        x: from + 0.05,
        y: estimate,
        interval,
        expected: of('expected').estimate,
      };
    }),
  );
  const lines = withTheory(
    linesWithBands({
      points,
      xTitle: 'Digits on which a unit is zero',
      yTitle: 'Share of units',
      format: 'percent0',
      caption:
        'The half is an average: how the units of each hidden layer are spread over the share of digits on which they are zero, at initialisation. Mean over seeds with its 95 % interval. Dotted: theory for digits that are all as alike as the mean pair; each layer makes them more alike, and its units more one-sided.',
      alt: `A hump in the first layer, nearly flat in deeper ones. ${points.map(({ series, x, y }) => `${series}, ${formatNumber(x, 'percent0')}: ${formatNumber(y, 'percent0')}`).join('; ')}.`,
    }),
    points,
  );
  return withPercentAxis(lines);
}

/** Zeros by epoch. */
export function trainingFigure(rows: readonly Row[], networks: readonly Selection[]): Figure {
  const points = networks.flatMap((network) => {
    const own = select(rows, { kind: 'zeros', activation: 'relu', ...network });
    return ascending(distinct(own, 'epoch')).map((epoch): LinePoint => {
      const { estimate, interval } = measurement(bySeed(own, { epoch }, 'zeroFraction'), share);
      return { series: nameOf(network), x: epoch, y: estimate, interval };
    });
  });
  return linesWithBands({
    points,
    xTitle: 'Epoch',
    yTitle: 'Share of zeros',
    format: 'percent0',
    caption:
      'Zeros of ReLU networks during training, on test digits, mean over the hidden layers and over seeds with its 95 % interval; λ is the L1 penalty on activations.',
    alt: `Lines from one half at the start. At the end: ${networks.map((network) => `${nameOf(network)} ${formatNumber(points.filter(({ series }) => series === nameOf(network)).at(-1)?.y ?? NaN, 'percent0')}`).join(', ')}.`,
  });
}

function nameOf({ learningRate, penalty }: Selection): string {
  return `rate ${String(learningRate)}${penalty === 0 ? '' : `, λ = ${String(penalty)}`}`;
}

/** Differences of the train–test gap. */
export function gapFigure(rows: readonly Row[], penalty: number): Figure {
  const corrected = gapComparisons(rows, penalty);
  const points = (Object.keys(pairNames) as Pair[]).map((pair) => {
    const { estimate, interval } = corrected[`gap ${pair}`].measurement;
    return { name: pairNames[pair], estimate, interval };
  });
  return pointsWithIntervals({
    points,
    valueTitle: 'Difference of gaps',
    format: 'points1',
    reference: { value: 0, label: 'no difference' },
    caption: `Differences of the train–test gap in accuracy, paired by seed, mean over learning rates; left of 0 the first overfits less. The penalty is λ = ${penalty}. Intervals have the level that Holm’s correction for ${comparisonsOf(gapKeys)} comparisons leaves them.`,
    alt: `${points.map(({ name, estimate, interval }) => `${name}: ${formatNumber(estimate, 'points1')}, from ${formatNumber(interval?.[0] ?? NaN, 'points1')} to ${formatNumber(interval?.[1] ?? NaN, 'points1')}`).join('; ')}.`,
  });
}

/** Purity of units by layer. */
export function purityFigure(rows: readonly Row[], penalty: number, top: number): Figure {
  const bars = networksOf(penalty).flatMap(({ name, selection }) =>
    distinct(select(rows, { kind: 'layer' }), 'layer').map((layer) => {
      const { estimate, interval } = measurement(
        bySeed(rows, { kind: 'layer', layer: Number(layer), ...selection }, 'purity'),
        share,
      );
      return { group: `layer ${Number(layer)}`, series: name, value: estimate, interval };
    }),
  );
  return groupedBars({
    bars: bars.sort((a, b) => a.group.localeCompare(b.group)),
    groupTitle: 'Hidden layer',
    valueTitle: 'Purity of units',
    format: 'percent0',
    upTo: 1,
    caption: `Purity of trained units: of the ${top} test digits on which a unit says most, the share of the commonest class; mean over the units that have such digits, over learning rates and seeds, with its 95 % interval. Units that say nothing of classes would have ${formatNumber(purityByChance(top, 10), 'percent0')}.`,
    alt: `Grouped bars. ${bars.map(({ group, series, value }) => `${series}, ${group}: ${formatNumber(value, 'percent0')}`).join('; ')}.`,
  });
}

/** Time of a product against its zeros, by the clock. */
export function skippingFigure(timings: readonly Row[]): Figure {
  const [least, most] = [Math.min, Math.max].map((end) => end(...timings.map(({ batch }) => Number(batch))));
  const width = Number(timings[0]?.width ?? NaN);
  const lines: readonly (readonly [keyof typeof kernels, batch: number])[] = [
    ['skippingRows', most],
    ['skippingRows', least],
    ['skipping', most],
    ['plain', most],
  ];
  const shown = least < most ? lines : lines.filter((_, i) => i !== 1);
  const points = shown.flatMap(([kernel, batch]) =>
    ascending(distinct(timings, 'zeroFraction')).map((zeroFraction): LinePoint => {
      const ratios = overDense(timings, { kernel, batch, zeroFraction });
      const { estimate, interval } = measurement(ratios, { scale: 'log' });
      return { series: `${kernels[kernel]}, batch ${batch}`, x: zeroFraction, y: estimate, interval };
    }),
  );
  const crossings = distinctSeries(points)
    .filter((series) => series.startsWith('skipping'))
    .map((series) => `${series} ${crossoverInWords(points.filter((point) => point.series === series))}`);
  const figure = linesWithBands({
    points,
    xTitle: 'Share of zeros, at random places',
    yTitle: 'Time, dense SIMD product = 1',
    yScale: 'log',
    caption: `Time of the product of a batch of ${width} activations and ${width} × ${width} weights by kernels that skip zeros, and by a plain loop that does not, over the time of the library’s dense product on the same batch, which takes no notice of zeros; in one thread, ratio within each round, geometric mean over rounds with its 95 % interval. Below 1 skipping pays: ${crossings.join('; ')}.`,
    alt: `Lines on a logarithmic axis; the skipping ones fall as zeros rise. ${points.map(({ series, x, y }) => `${series}, ${formatNumber(x, 'percent0')} zeros: ${formatNumber(y, 'significant2')}`).join('; ')}.`,
  });
  return withPercentAxis(figure);
}

interface TimedProduct {
  readonly kernel: string;
  readonly batch: number;
  readonly zeroFraction: number;
}

/** By round, the time of a kernel over that of the dense product. */
export function overDense(timings: readonly Row[], product: TimedProduct): ReadonlyMap<number, number> {
  const { kernel, ...same } = product;
  const seconds = (name: string) => bySeed(timings, { kernel: name, ...same }, 'seconds', 'round');
  return paired(seconds(kernel), seconds('dense'), (own, dense) => own / dense);
}

/** From which share of zeros on a kernel is faster than the dense product: between points by a line through the logarithms. */
export function crossover(points: readonly Pick<LinePoint, 'x' | 'y'>[]): number | null {
  const after = points.findIndex((_, i) => points.slice(i).every(({ y }) => y < 1));
  if (after < 0) return null;
  if (after === 0) return points[0].x;
  const [left, right] = [points[after - 1], points[after]];
  return left.x + ((right.x - left.x) * Math.log(left.y)) / (Math.log(left.y) - Math.log(right.y));
}

function crossoverInWords(points: readonly LinePoint[]): string {
  const from = crossover(points);
  if (from === null) return 'at no share tried';
  return from === points[0].x ? 'at every share tried' : `from ${formatNumber(from, 'percent0')} zeros on`;
}

/** Draws lines solid and what theory expects of the same points dotted. */
function withTheory(lines: Figure, points: readonly (LinePoint & { readonly expected: number })[]): Figure {
  const names = distinctSeries(points);
  const styles = seriesStyles(names);
  const dotted = names.map((name) => {
    const own = points.filter(({ series }) => series === name);
    return {
      type: 'scatter' as const,
      mode: 'lines',
      name: `${name}, theory`,
      legendgroup: name,
      showlegend: false,
      x: own.map(({ x }) => x),
      y: own.map(({ expected }) => expected),
      line: { color: styles.get(name)?.color ?? '', dash: 'dot', width: 2.5 },
      hoverinfo: 'skip',
    };
  });
  return {
    ...lines,
    data: [...lines.data, ...dotted],
    table: lines.table.map((row, i) => ({ ...row, theory: points[i].expected })),
  };
}

/** Shares on the horizontal axis, written as percentages. */
function withPercentAxis(figure: Figure): Figure {
  return {
    ...figure,
    layout: { ...figure.layout, xaxis: { ...(figure.layout['xaxis'] as object), tickformat: '.0%' } },
  };
}

function distinctSeries(points: readonly LinePoint[]): readonly string[] {
  return [...new Set(points.map(({ series }) => series))];
}

function ends(values: readonly number[]): readonly number[] {
  return [...new Set([Math.min(...values), Math.max(...values)])];
}

function ascending(values: readonly Row[string][]): readonly number[] {
  return values.map(Number).sort((a, b) => a - b);
}
