import { type RandomStream, ShapeError, power } from '@relu-lab/core';

/** Numbers of some units (or directions) on labelled samples, `rows × units`, row-major. */
export interface LabelledValues {
  readonly values: Float32Array | Float64Array;
  readonly units: number;
  readonly labels: Int32Array;
  readonly classes: number;
}

/**
 * Class selectivity of each unit: max over classes of |2 A − 1|, where A is the probability that the unit says more on a random sample of the
 * class than on a random one of the others, ties counting half (the area under the ROC curve). 0: it tells no class from the others; 1: some
 * threshold separates a class from all others. Only the order of values counts, so that activations of any shape can be compared. 0 for a
 * unit that always says the same.
 *
 * @throws ShapeError when there is not one label a row.
 */
export function classSelectivity({ values, units, labels, classes }: LabelledValues): Float64Array {
  const rows = labels.length;
  checkRows(values, units, labels);
  const counts = new Float64Array(classes);
  labels.forEach((label) => counts[label]++);
  return Float64Array.from({ length: units }, (_, unit) => {
    const rankSums = new Float64Array(classes);
    midranks(columnOf(values, units, unit)).forEach((rank, row) => (rankSums[labels[row]] += rank));
    return rankSums.reduce((best, sum, label) => Math.max(best, separation(sum, counts[label], rows)), 0);
  });
}

/**
 * Purity of each unit: the largest share that one class has among the `top` samples on which the unit says most, how people look at units.
 * 1 / classes or a little more: the unit is excited by anything; 1: by one class only. NaN for a unit that says the same on more samples than
 * `top` of its largest value, such as a dead one: there are no such samples.
 *
 * @throws ShapeError when there is not one label a row.
 */
export function topPurity({ values, units, labels, classes }: LabelledValues, top: number): Float64Array {
  checkRows(values, units, labels);
  return Float64Array.from({ length: units }, (_, unit) => {
    const own = columnOf(values, units, unit);
    const order = Uint32Array.from(own, (_value, i) => i).sort((a, b) => own[b] - own[a]);
    if (own[order[0]] === own[order[top]]) return NaN;
    const counts = new Float64Array(classes);
    order.subarray(0, top).forEach((row) => counts[labels[row]]++);
    return counts.reduce((most, count) => Math.max(most, count), 0) / top;
  });
}

/** The expected purity of units that say nothing of classes, all equally common: E[max count] / top of so many draws with replacement. */
export function purityByChance(top: number, classes: number): number {
  // P(no class more than m times) = top!/classes^top times the coefficient of x^top in (Σ_{i ≤ m} x^i / i!)^classes.
  const noMoreThan = (m: number): number => {
    let ways = [1, ...new Array<number>(top).fill(0)];
    for (let label = 0; label < classes; label++) {
      ways = ways.map((_, n) => {
        let sum = 0;
        for (let i = 0; i <= Math.min(m, n); i++) sum += ways[n - i] * binomial(n, i);
        return sum;
      });
    }
    return ways[top] / power(classes, top);
  };
  const counts = Array.from({ length: top }, (_, m) => noMoreThan(m));
  return counts.reduce((sum, below) => sum + (1 - below), 0) / top;
}

function binomial(n: number, k: number): number {
  return k === 0 ? 1 : (binomial(n - 1, k - 1) * n) / k;
}

function checkRows(values: ArrayLike<number>, units: number, labels: Int32Array): void {
  if (values.length === labels.length * units) return;
  throw new ShapeError(`${values.length} values of ${units} units are not those of ${labels.length} labelled rows`);
}

function columnOf(values: ArrayLike<number>, units: number, unit: number): Float64Array {
  return Float64Array.from({ length: values.length / units }, (_, row) => values[row * units + unit]);
}

/** |2 A − 1| from the sum of a class's ranks (Mann and Whitney); 0 where a class has no samples, or all. */
function separation(rankSum: number, count: number, rows: number): number {
  if (count === 0 || count === rows) return 0;
  const area = (rankSum - (count * (count + 1)) / 2) / (count * (rows - count));
  return Math.abs(2 * area - 1);
}

/** Ranks from 1 on; equal values share the mean of theirs. */
function midranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** What samples come to along `count` random directions in the space of units: normal weights, one direction a column. */
export function alongRandomDirections(data: LabelledValues, count: number, stream: RandomStream): LabelledValues {
  const { values, units, labels } = data;
  const directions = new Float64Array(units * count);
  stream.fillNormal(directions);
  const along = new Float64Array(labels.length * count);
  for (let row = 0; row < labels.length; row++) {
    for (let unit = 0; unit < units; unit++) {
      const value = values[row * units + unit];
      if (value === 0) continue;
      for (let i = 0; i < count; i++) along[row * count + i] += value * directions[unit * count + i];
    }
  }
  return { ...data, values: along, units: count };
}
