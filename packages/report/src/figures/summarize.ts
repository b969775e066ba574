import type { Trace } from './trace.ts';

/**
 * A histogram or box of numbers as what is drawn of it: the sums of its bins, or quartiles, whiskers and outliers. The picture stays
 * the same, for these are the numbers that Plotly would find. Whatever is told otherwise, and any other trace, stays as it is.
 */
export function summarize(trace: Trace, { index, isAlone }: PlaceOfTrace): Trace {
  if (trace.type === 'histogram') return binned(trace, isAlone);
  return trace.type === 'box' ? quartered(trace, index) : trace;
}

/** Where a trace stands in its figure. */
export interface PlaceOfTrace {
  readonly index: number;
  /** Whether it is the only histogram: several choose their bins together. */
  readonly isAlone: boolean;
}

/** Bins of equal width, each with its lower edge and without its upper one. */
export interface Bins {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

function binned(trace: Trace, isAlone: boolean): Trace {
  const across = trace['x'] !== undefined;
  const [along, counted] = across ? ['x', 'y'] : ['y', 'x'];
  const values = numbersOf(trace[along]);
  if (values === undefined || trace[counted] !== undefined || trace['histfunc'] !== undefined) return trace;
  const given = trace[`${along}bins`];
  const most = trace[`nbins${along}`];
  const isFree = given === undefined && isAlone && (most === undefined || typeof most === 'number');
  const bins = isBins(given) ? given : isFree ? automaticBins(values, most) : undefined;
  if (bins === undefined) return trace;
  const counts = new Map<number, number>();
  for (const value of values) {
    const bin = Math.floor((value - bins.start) / bins.size);
    if (value >= bins.start && value < bins.end) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  if (counts.size === 0) return trace;
  return {
    ...trace,
    orientation: across ? 'v' : 'h',
    [along]: [...counts.keys()].map((bin) => bins.start + (bin + 0.5) * bins.size),
    [counted]: [...counts.values()],
    histfunc: 'sum',
    [`${along}bins`]: bins,
  };
}

function isBins(value: unknown): value is Bins {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end, size } = value as Partial<Record<keyof Bins, unknown>>;
  return [start, end, size].every((part) => typeof part === 'number');
}

/**
 * The bins that Plotly chooses for numbers by itself: of a round width near `2 sd / n^0.4`, or of `range / most`, and shifted where
 * values would lie on their edges. Undefined where all values are equal.
 */
export function automaticBins(values: readonly number[], most?: number): Bins | undefined {
  const sorted = Float64Array.from(values).sort();
  const [least, greatest] = [sorted[0] ?? NaN, sorted[sorted.length - 1] ?? NaN];
  if (!(greatest > least)) return undefined;
  const size = roundUp(most ? (greatest - least) / most : usualWidth(sorted));
  const first = Math.ceil((least - (greatest - least) * 1e-4) / size) * size - size;
  const start = shifted(first, sorted, size);
  return { start, size, end: start + (1 + Math.floor((greatest - start) / size)) * size };
}

function usualWidth(sorted: Float64Array): number {
  const n = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  const range = sorted[n - 1] - sorted[0];
  let closest = range;
  let last = sorted[0];
  for (const value of sorted) {
    if (value <= last + range / (n - 1) / 10_000) continue;
    closest = Math.min(closest, value - last);
    last = value;
  }
  const power = 10 ** Math.floor(Math.log10(closest));
  const below = [0.9, 1.9, 4.9, 9.9].filter((step) => step <= closest / power).at(-1) ?? 0.9;
  return Math.max(power * below, (2 * deviation) / n ** 0.4);
}

/** To 2, 5 or 10 times a power of ten. */
function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([2, 5].find((step) => step >= width / power) ?? 10);
}

function shifted(start: number, sorted: Float64Array, size: number): number {
  const isNearEdge = (value: number): boolean => (1 + ((value - start) * 100) / size) % 100 < 2;
  const [least, greatest] = [sorted[0], sorted[sorted.length - 1]];
  if (sorted.every(Number.isInteger)) {
    if (size < 1) return least - size / 2;
    return start - 0.5 + size < least ? start - 0.5 + size : start - 0.5;
  }
  const share = (isMeant: (value: number) => boolean): number => sorted.filter(isMeant).length / sorted.length;
  if (share((value) => isNearEdge(value + size / 2)) >= 0.1) return start;
  if (share(isNearEdge) <= 0.3 && !isNearEdge(least) && !isNearEdge(greatest)) return start;
  return start + size / 2 < least ? start + size / 2 : start - size / 2;
}

function quartered(trace: Trace, index: number): Trace {
  const lies = trace['orientation'] === 'h' || (trace['y'] === undefined && trace['x'] !== undefined);
  const [along, place] = lies ? ['x', 'y'] : ['y', 'x'];
  const values = numbersOf(trace[along]);
  const isPlain =
    trace[place] === undefined &&
    trace['q1'] === undefined &&
    ['linear', undefined].includes(trace['quartilemethod'] as string | undefined) &&
    ['outliers', undefined].includes(trace['boxpoints'] as string | undefined) &&
    [trace['boxmean'], trace['notched'], trace['sizemode']].every((option) => !option);
  if (values === undefined || !isPlain) return trace;
  const sorted = Float64Array.from(values).sort();
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share));
  const [least, greatest] = [sorted[0], sorted[sorted.length - 1]];
  // As much as Plotly allows for rounding.
  const slack = (1e-9 * (greatest - least)) / Math.max(1, sorted.length - 1);
  const within = sorted.filter((value) => value >= 2.5 * q1 - 1.5 * q3 - slack && value <= 2.5 * q3 - 1.5 * q1 + slack);
  const [low, high] = [Math.min(q1, within[0] ?? q1), Math.max(q3, within[within.length - 1] ?? q3)];
  return {
    ...trace,
    orientation: lies ? 'h' : 'v',
    [place]: [trace['name'] ?? `trace ${index}`],
    ...{ q1: [q1], median: [median], q3: [q3], lowerfence: [low], upperfence: [high] },
    [along]: [[low, ...sorted.filter((value) => value < low || value > high), high]],
    boxpoints: 'outliers',
  };
}

/** Between the two nearest values, the i-th of n being the quantile (i − ½) / n. */
function quantile(sorted: Float64Array, share: number): number {
  const at = Math.min(sorted.length - 1, Math.max(0, share * sorted.length - 0.5));
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (at - Math.floor(at)) * (above - below);
}

function numbersOf(values: unknown): readonly number[] | undefined {
  if (!Array.isArray(values) || values.length === 0) return undefined;
  return values.every((value) => typeof value === 'number' && Number.isFinite(value))
    ? (values as number[])
    : undefined;
}
