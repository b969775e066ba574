import { leakyRelu, relu, reluWith } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnMapping } from './mappings.ts';
import { followCurve, interpolatingNetwork } from './pieces.ts';
import { slopeDepartures, withZeros } from './slopes.ts';
import { measureFunction } from './the-function.ts';
import { trainWithEither } from './the-kink.ts';

const context = { signal: new AbortController().signal, onProgress: () => {} };

describe('measureFunction', () => {
  it('finds the mean of relu(x) + relu(y) − relu(x + y) within four standard errors of its closed form', () => {
    const points = 100_000;
    const [row] = measureFunction({ points }, 1);
    // It is min(|x|, |y|) where the signs differ, else 0: its mean square is (1 − 2/π)/2, its deviation below 0.43.
    expect(Math.abs(Number(row.additivityDefect) - (2 - Math.SQRT2) / Math.sqrt(2 * Math.PI))).toBeLessThan(
      (4 * 0.43) / Math.sqrt(points),
    );
  });

  it('draws other numbers for another seed', () => {
    const [a, b] = [1, 2].map((seed) => measureFunction({ points: 1000 }, seed)[0].additivityDefect);
    expect(a).not.toBe(b);
  });
});

describe('slopeDepartures', () => {
  const x = withZeros(Float32Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 1 : -1) * 2 ** ((i % 200) - 100)));

  it('finds ReLU’s slopes as they are said to be, zeros among them, and another derivative at 0 in every tenth', () => {
    expect(slopeDepartures(relu, x)).toBe(0);
    expect(slopeDepartures(reluWith({ subgradient: 1 }), x)).toBe(0.1);
  });

  it('finds the slope of leaky ReLU below 0', () => {
    expect(slopeDepartures(leakyRelu(), x)).toBe(x.filter((value) => value <= 0).length / x.length);
  });
});

describe('interpolatingNetwork', () => {
  it('stays within h² max|f″| / 8 of a smooth curve, and meets it at its kinks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.1, max: 5, noNaN: true }), (units, frequency) => {
        const curve = (x: number) => Math.sin(frequency * x);
        const network = interpolatingNetwork(curve, units);
        const h = 2 / units;
        const x = Float64Array.from({ length: 201 }, (_, i) => -1 + i / 100);
        const y = Float64Array.from(network.forward(x));
        const bound = (h ** 2 * frequency ** 2) / 8 + 1e-12;
        y.forEach((value, i) => expect(Math.abs(value - curve(x[i]))).toBeLessThanOrEqual(bound));
        const knots = Float64Array.from({ length: units + 1 }, (_, i) => -1 + i * h);
        network.forward(knots).forEach((value, i) => expect(value).toBeCloseTo(curve(knots[i]), 10));
      }),
      { numRuns: 50 },
    );
  });

  it('is closer with more units, for every random curve', () => {
    const errors = followCurve({ units: [8, 32, 128] }, 5).map((row) => Number(row.error));
    expect(errors[1]).toBeLessThan(errors[0] / 4);
    expect(errors[2]).toBeLessThan(errors[1] / 8);
  });
});

describe('learnMapping', () => {
  const condition = { mapping: 'circles', hidden: [16, 16], samples: 200, epochs: 60, grid: 5 } as const;

  it('learns circles with ReLU, and cannot without an activation', async () => {
    const [withRelu] = await learnMapping({ ...condition, activation: 'relu' }, 1, context);
    const [without] = await learnMapping({ ...condition, activation: 'identity' }, 1, context);
    expect(withRelu.accuracy).toBeGreaterThan(0.9);
    expect(without.accuracy).toBeLessThan(0.7);
  });

  it('asks a linear network for answers that lie on one straight slope', async () => {
    const rows = await learnMapping({ ...condition, activation: 'identity', epochs: 2 }, 1, context);
    const logits = rows.slice(1).map((row) => Math.log(Number(row.probability) / (1 - Number(row.probability))));
    expect(logits).toHaveLength(25);
    // Along the first row of the grid: equal steps.
    for (let i = 1; i < 4; i++) expect(logits[i + 1] - logits[i]).toBeCloseTo(logits[1] - logits[0], 4);
  });
});

describe('trainWithEither', () => {
  it('trains the same network with either derivative at 0', async () => {
    const rows = await trainWithEither({ hidden: [16], trainingDigits: 512, testDigits: 100, epochs: 1 }, 1, context);
    expect(rows.map((row) => row.subgradient)).toEqual([0, 1]);
    expect(rows[0].zerosAtStart).toBe(rows[1].zerosAtStart);
    for (const row of rows) expect(row.accuracy).toBeGreaterThan(0.3);
  });
});
