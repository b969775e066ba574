import { describe, expect, it } from 'vitest';
import { random } from './random.ts';

/*
 * Every test here is at a fixed seed and states the chance with which a perfect generator would fail it at a random one.
 * That chance is 10⁻³ a test unless a test says otherwise.
 */

/** Φ(x) by Marsaglia's series, Journal of Statistical Software 11(4), 2004: accurate to about 10⁻¹⁵ for |x| < 7. */
function normalCdf(x: number): number {
  let sum = x;
  let term = x;
  for (let i = 3; Math.abs(term) > 1e-18; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

/** √n times the largest distance between the share of a sample below x and the probability of it (Kolmogorov–Smirnov). */
function kolmogorovSmirnov(sample: Float64Array, cdf: (x: number) => number): number {
  const sorted = sample.slice().sort();
  let largest = 0;
  sorted.forEach((x, i) => {
    const probability = cdf(x);
    largest = Math.max(largest, probability - i / sorted.length, (i + 1) / sorted.length - probability);
  });
  return Math.sqrt(sorted.length) * largest;
}

/** The quantile 0.999 of Kolmogorov's distribution: 2 exp(−2 · 1.9495²) = 0.001. */
const KOLMOGOROV = 1.9495;

/** The quantile 0.999 of χ², by Wilson and Hilferty's approximation (relative error below 1 % from 9 degrees on). */
function chiSquareBound(degrees: number): number {
  const a = 2 / (9 * degrees);
  return degrees * (1 - a + 3.0902 * Math.sqrt(a)) ** 3;
}

function chiSquare(counts: ArrayLike<number>, expected: number): number {
  return Array.from(counts, (count) => (count - expected) ** 2 / expected).reduce((sum, term) => sum + term, 0);
}

function correlation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0) / a.length;
}

describe('uniform', () => {
  it.each([0, 1, 2 ** 40])('follows the uniform distribution (Kolmogorov–Smirnov, n = 200 000, seed %s)', (seed) => {
    const sample = new Float64Array(200_000);
    random(seed).stream('uniform').fillUniform(sample);
    expect(kolmogorovSmirnov(sample, (x) => x)).toBeLessThan(KOLMOGOROV);
  });

  it('fills its lowest bits too', () => {
    // The low 8 of the 53 bits take each of 256 values equally often.
    const stream = random(9).stream('bits');
    const counts = new Int32Array(256);
    for (let i = 0; i < 256_000; i++) {
      const low = (stream.uniform() * 2 ** 53) % 256;
      counts[low]++;
    }
    expect(chiSquare(counts, 1000)).toBeLessThan(chiSquareBound(255));
  });
});

describe('normal', () => {
  const n = 200_000;
  const sample = new Float64Array(n);
  random(11).stream('normal').fillNormal(sample);

  it.each([0, 1, 2 ** 40])('follows the normal distribution (Kolmogorov–Smirnov, n = 200 000, seed %s)', (seed) => {
    const drawn = new Float64Array(n);
    random(seed).stream('normal').fillNormal(drawn);
    expect(kolmogorovSmirnov(drawn, normalCdf)).toBeLessThan(KOLMOGOROV);
  });

  // Var[xᵏ] = E[x²ᵏ] − E[xᵏ]²: 1, 2, 15, 96 for k = 1 … 4. The bound is 3.29 deviations of the sample mean.
  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ])('has moment %s equal to %s', (power, expected, variance) => {
    const mean = sample.reduce((sum, x) => sum + x ** power, 0) / n;
    expect(Math.abs(mean - expected)).toBeLessThan(3.29 * Math.sqrt(variance / n));
  });

  it('has its tails: values beyond 4 deviations are as frequent as they should be', () => {
    const stream = random(12).stream('tails');
    const many = 2_000_000;
    let beyond = 0;
    for (let i = 0; i < many; i++) if (Math.abs(stream.normal()) > 4) beyond++;
    const expected = many * 2 * (1 - normalCdf(4)); // 126.7, a Poisson count
    expect(Math.abs(beyond - expected)).toBeLessThan(3.29 * Math.sqrt(expected));
  });

  it('gives independent neighbours: no correlation of values or of their squares', () => {
    // The two numbers of a Box–Muller pair share a radius, so the squares are where a mistake would show.
    const first = sample.filter((_, i) => i % 2 === 0);
    const second = sample.filter((_, i) => i % 2 === 1);
    const bound = 3.29 / Math.sqrt(n / 2);
    expect(Math.abs(correlation(first, second))).toBeLessThan(bound);
    const squares = (x: Float64Array): Float64Array => x.map((value) => (value * value - 1) / Math.SQRT2);
    expect(Math.abs(correlation(squares(first), squares(second)))).toBeLessThan(bound);
  });

  it.each([
    ['neighbouring seeds', random(1), random(2)],
    ['neighbouring names', random(1).stream('layer 1'), random(1).stream('layer 2')],
    ['a stream and the one below it', random(1).stream('a'), random(1).stream('a').stream('b')],
  ])('is independent between %s', (_, one, other) => {
    const a = new Float64Array(100_000);
    const b = new Float64Array(100_000);
    one.fillNormal(a);
    other.fillNormal(b);
    expect(Math.abs(correlation(a, b))).toBeLessThan(3.29 / Math.sqrt(a.length));
  });
});

describe('integer', () => {
  it.each([10, 97, 1000])('gives each of %s results equally often (χ²)', (below) => {
    const stream = random(13).stream('integers');
    const counts = new Int32Array(below);
    for (let i = 0; i < below * 1000; i++) {
      const value = stream.integer(below);
      counts[value]++;
    }
    expect(chiSquare(counts, 1000)).toBeLessThan(chiSquareBound(below - 1));
  });

  it.each([3 * 2 ** 30, 3 * 2 ** 51])(
    'has no bias for a range of %s, where a remainder would favour the lower third',
    (below) => {
      // A bare remainder of 32 or 53 bits falls into the lowest third with probability ½ instead of ⅓.
      const stream = random(14).stream('wide');
      const thirds = new Int32Array(3);
      for (let i = 0; i < 30_000; i++) {
        const third = Math.floor(stream.integer(below) / (below / 3));
        thirds[third]++;
      }
      expect(chiSquare(thirds, 10_000)).toBeLessThan(13.816); // the quantile 0.999 of χ² with 2 degrees of freedom
    },
  );
});

describe('permutation', () => {
  it('gives each of the 120 orders of five equally often (χ²)', () => {
    const stream = random(15).stream('orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 120_000; i++) {
      const order = stream.permutation(5).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(120);
    expect(chiSquare([...counts.values()], 1000)).toBeLessThan(chiSquareBound(119));
  });
});
