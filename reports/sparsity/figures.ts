import {
  type Figure,
  type LinePoint,
  type Table,
  formatNumber,
  groupedBars,
  linesWithBands,
  pointsWithIntervals,
  seriesStyles,
} from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, select, share } from '../measurements.ts';
import { gapComparisons, type Pair, unitComparisons } from './comparisons.ts';
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
  return withTheory(
    linesWithBands({
      points,
      xTitle: 'Share of digits on which a unit is zero (tenths)',
      yTitle: 'Share of units',
      format: 'percent0',
      caption:
        'The half is an average: how the units of each hidden layer are spread over the share of digits on which they are zero, at initialisation. Mean over seeds with its 95 % interval. Dotted: theory for digits that are all as alike as the mean pair; each layer makes them more alike, and its units more one-sided.',
      alt: `A hump in the first layer, nearly flat in deeper ones. ${points.map(({ series, x, y }) => `${series}, ${formatNumber(x, 'percent0')}: ${formatNumber(y, 'percent0')}`).join('; ')}.`,
    }),
    points,
  );
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

/** What was compared, in words. */
export const pairNames: Readonly<Record<Pair, string>> = {
  leaky: 'ReLU less leaky ReLU',
  tanh: 'ReLU less tanh',
  penalty: 'ReLU with penalty less without',
};

/** Differences of the train–test gap. */
export function gapFigure(rows: readonly Row[], penalty: number): Figure {
  const corrected = gapComparisons(rows, penalty);
  const points = (Object.keys(pairNames) as Pair[]).map((pair) => {
    const { estimate, interval } = corrected[`gap ${pair}`].measurement;
    return { name: pairNames[pair], estimate, interval };
  });
  return pointsWithIntervals({
    points,
    valueTitle: 'Difference of the gap in accuracy',
    format: 'points1',
    reference: { value: 0, label: 'no difference' },
    caption: `Differences of the train–test gap in accuracy, paired by seed, mean over learning rates; left of 0 the first overfits less. The penalty is λ = ${penalty}. Intervals have the level that Holm’s correction for six comparisons leaves them.`,
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
    caption: `Purity of trained units: of the ${top} test digits on which a unit says most, the share of the commonest class; mean over the units that have such digits, over learning rates and seeds, with its 95 % interval. Units that respond to no class in particular would have about a fifth or a quarter.`,
    alt: `Grouped bars. ${bars.map(({ group, series, value }) => `${series}, ${group}: ${formatNumber(value, 'percent0')}`).join('; ')}.`,
  });
}

interface NamedNetwork {
  readonly name: string;
  readonly selection: Selection;
}

function networksOf(penalty: number): readonly NamedNetwork[] {
  return [
    { name: 'relu', selection: { activation: 'relu', penalty: 0 } },
    { name: `relu, λ = ${penalty}`, selection: { activation: 'relu', penalty } },
    { name: 'leaky-relu', selection: { activation: 'leaky-relu' } },
    { name: 'tanh', selection: { activation: 'tanh' } },
  ];
}

/** Time of a product against its zeros, by the clock. */
export function skippingFigure(timings: readonly Row[]): Figure {
  const fractions = ascending(distinct(timings, 'zeroFraction'));
  const points = Object.entries(kernels)
    .filter(([kernel]) => kernel !== 'dense')
    .flatMap(([kernel, series]) =>
      fractions.map((zeroFraction): LinePoint => {
        const { estimate, interval } = measurement(overDense(timings, kernel, zeroFraction), { scale: 'log' });
        return { series, x: zeroFraction, y: estimate, interval };
      }),
    );
  const batch = Number(timings[0]?.batch ?? NaN);
  const width = Number(timings[0]?.width ?? NaN);
  const crossings = Object.entries(kernels)
    .filter(([kernel]) => kernel.startsWith('skipping'))
    .map(([, series]) => `${series}: ${crossoverInWords(points.filter((point) => point.series === series))}`);
  return linesWithBands({
    points,
    xTitle: 'Share of zeros, at random places',
    yTitle: 'Time, dense SIMD product = 1',
    yScale: 'log',
    caption: `Time of the product of ${batch} × ${width} activations and ${width} × ${width} weights by kernels that skip zeros, and by a plain loop that does not, over the time of the library’s dense product, which takes no notice of zeros; in one thread, ratio within each round, geometric mean over rounds with its 95 % interval. Below 1 skipping pays: ${crossings.join('; ')}.`,
    alt: `Lines on a logarithmic axis; the skipping ones fall as zeros rise. ${points.map(({ series, x, y }) => `${series}, ${formatNumber(x, 'percent0')} zeros: ${formatNumber(y, 'significant2')}`).join('; ')}.`,
  });
}

/** By round, the time of a kernel over that of the dense product. */
export function overDense(timings: readonly Row[], kernel: string, zeroFraction: number): ReadonlyMap<number, number> {
  const seconds = (name: string) => bySeed(timings, { kernel: name, zeroFraction }, 'seconds', 'round');
  const dense = seconds('dense');
  return new Map([...seconds(kernel)].map(([round, own]) => [round, own / (dense.get(round) ?? NaN)]));
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

/** Zeros at the start, layer by layer. */
export function startTable(rows: readonly Row[]): Table {
  const spreads = select(rows, { kind: 'spread' });
  const mean = (selection: Selection, key: string) => measurement(bySeed(rows, selection, key)).estimate;
  return {
    columns: [
      { key: 'layer', label: 'Hidden layer', format: 'integer' },
      { key: 'zeros', label: 'Zeros', format: 'percent' },
      { key: 'unitDeviation', label: 'Deviation over units', format: 'percent' },
      { key: 'expectedUnitDeviation', label: 'by theory', format: 'percent' },
      { key: 'sampleDeviation', label: 'Deviation over digits', format: 'percent' },
      { key: 'expectedSampleDeviation', label: 'by theory', format: 'percent' },
      { key: 'aboutHalf', label: 'Units zero on 40 to 60 % of digits', format: 'percent' },
      { key: 'expectedAboutHalf', label: 'by theory', format: 'percent' },
      { key: 'exceptions', label: 'Active with x ≤ 0, or not with x > 0', format: 'percent' },
    ],
    rows: distinct(spreads, 'layer').map((layer) => {
      const own = { layer: Number(layer) };
      const start = { kind: 'start', way: 'bias', shift: 0, ...own };
      const spread = (key: string) => [key, mean({ kind: 'spread', ...own }, key)];
      return {
        ...own,
        zeros: mean(start, 'zeroFraction'),
        exceptions: mean(start, 'activeWithoutReason'),
        ...Object.fromEntries(
          [
            'unitDeviation',
            'expectedUnitDeviation',
            'sampleDeviation',
            'expectedSampleDeviation',
            'aboutHalf',
            'expectedAboutHalf',
          ].map(spread),
        ),
      };
    }),
    caption:
      'Zeros of freshly drawn ReLU networks without biases on digits: mean over seeds, and how far the shares of single units (over digits) and of single digits (over units) lie apart.',
  };
}

/** Every trained network in numbers. */
export function trainedTable(rows: readonly Row[]): Table {
  const runs = select(rows, { kind: 'run' });
  const networks = uniqueBy(
    runs,
    ({ activation, penalty, learningRate }) => `${activation} ${penalty} ${learningRate}`,
  );
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'penalty', label: 'λ' },
      { key: 'learningRate', label: 'Rate' },
      { key: 'zeroFraction', label: 'Zeros', format: 'percent' },
      { key: 'savedInHidden', label: 'Saved in products of hidden activations', format: 'percent' },
      { key: 'savedInAll', label: 'in the whole pass', format: 'percent' },
      { key: 'trainingAccuracy', label: 'Training accuracy', format: 'percent' },
      { key: 'testAccuracy', label: 'Test accuracy', format: 'percent' },
      { key: 'gap', label: 'Gap', format: 'points1' },
      { key: 'lossGap', label: 'Gap in cross-entropy', format: 'fixed3' },
      { key: 'diverged', label: 'Diverged', format: 'integer' },
    ],
    rows: networks.map(({ activation, penalty, learningRate }) => {
      const selection = { activation, penalty, learningRate } as Selection;
      const own = select(runs, selection);
      const keys = [
        'zeroFraction',
        'savedInHidden',
        'savedInAll',
        'trainingAccuracy',
        'testAccuracy',
        'gap',
        'lossGap',
      ];
      return {
        activation,
        penalty,
        learningRate,
        ...Object.fromEntries(keys.map((key) => [key, measurement(bySeed(own, {}, key)).estimate])),
        diverged: select(own, { status: 'diverged' }).length,
      };
    }),
    caption:
      'Networks trained on few digits, means over the seeds that did not diverge: zeros on test digits, the share of multiply-adds that skipping them saves (counted), accuracies, and the gap between training and test digits.',
  };
}

/** Purity and selectivity of units, beside random directions. */
export function purityTable(rows: readonly Row[], penalty: number): Table {
  const keys = ['purity', 'directionPurity', 'selectivity', 'directionSelectivity', 'dead'];
  return {
    columns: [
      { key: 'name', label: 'Network' },
      { key: 'purity', label: 'Purity of units', format: 'percent' },
      { key: 'directionPurity', label: 'of random directions', format: 'percent' },
      { key: 'selectivity', label: 'Selectivity of units', format: 'fixed3' },
      { key: 'directionSelectivity', label: 'of random directions', format: 'fixed3' },
      { key: 'dead', label: 'Dead units', format: 'percent' },
    ],
    rows: networksOf(penalty).map(({ name, selection }) => ({
      name,
      ...Object.fromEntries(
        keys.map((key) => [key, measurement(bySeed(rows, { kind: 'layer', ...selection }, key)).estimate]),
      ),
    })),
    caption:
      'Two proxies for how easily a unit is named, means over hidden layers, learning rates and seeds; of units that are not dead. Random directions are normal combinations of the same layer’s units.',
  };
}

/** All comparisons of trained networks, with the p values that Holm’s correction makes of them. */
export function comparisonsTable(rows: readonly Row[], penalty: number): Table {
  const families = { ...gapComparisons(rows, penalty), ...unitComparisons(rows, penalty) };
  const measures: Readonly<Record<string, string>> = {
    gap: 'gap in accuracy',
    lossGap: 'gap in cross-entropy',
    purity: 'purity',
    selectivity: 'selectivity',
  };
  return {
    columns: [
      { key: 'measure', label: 'Of' },
      { key: 'pair', label: 'Difference' },
      { key: 'estimate', label: 'Mean', format: 'fixed4' },
      { key: 'low', label: 'from', format: 'fixed4' },
      { key: 'high', label: 'to', format: 'fixed4' },
      { key: 'pValue', label: 'p, adjusted', format: 'significant2' },
      { key: 'seeds', label: 'Seeds', format: 'integer' },
    ],
    rows: Object.entries(families).map(
      ([
        name,
        {
          measurement: { estimate, interval, seeds },
          pValue,
        },
      ]) => {
        const [measure, pair] = name.split(' ');
        return {
          measure: measures[measure],
          pair: pairNames[pair as Pair],
          estimate,
          low: interval?.[0] ?? null,
          high: interval?.[1] ?? null,
          pValue,
          seeds,
        };
      },
    ),
    caption: `Paired differences by seed; the penalty is λ = ${penalty}. Holm’s correction for the six comparisons of gaps, and for the six of units: p is for no difference beyond the threshold of the claims (a point less of the gap in accuracy, a point more of purity, 0 for the others).`,
  };
}

/** Draws lines solid and what theory expects of the same points dotted. */
function withTheory(lines: Figure, points: readonly (LinePoint & { readonly expected: number })[]): Figure {
  const names = [...new Set(points.map(({ series }) => series))];
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

function ends(values: readonly number[]): readonly number[] {
  return [...new Set([Math.min(...values), Math.max(...values)])];
}

function ascending(values: readonly Row[string][]): readonly number[] {
  return values.map(Number).sort((a, b) => a - b);
}

function distinct(rows: readonly Row[], key: string): readonly Row[string][] {
  return [...new Set(rows.map((row) => row[key]))];
}

function uniqueBy(rows: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
