import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import { type Schedule, cosine, sgd, stepDecay, train, warmup } from './index.ts';

describe('schedules', () => {
  it('follow their formulas', () => {
    expect([0, 9, 10, 25].map((step) => stepDecay({ every: 10, factor: 0.5 })(step, 100))).toEqual([1, 1, 0.5, 0.25]);
    expect([0, 50, 100].map((step) => cosine()(step, 100))).toEqual([
      1,
      expect.closeTo(0.5, 12),
      expect.closeTo(0, 12),
    ]);
    expect(cosine({ final: 0.1 })(100, 100)).toBeCloseTo(0.1, 12);
    expect([0, 4, 5].map((step) => warmup({ steps: 5, then: cosine() })(step, 105))).toEqual([0.2, 1, 1]);
    // Half of what is left after the warm-up is half of the cosine.
    expect(warmup({ steps: 5, then: cosine() })(55, 105)).toBeCloseTo(0.5, 12);
  });
});

describe('a run with a schedule', () => {
  // 37 rows in batches of 16 are 3 steps an epoch, 6 in all.
  const cases: readonly [string, Schedule, readonly number[]][] = [
    ['stepDecay', stepDecay({ every: 2, factor: 0.5 }), [1, 1, 0.5, 0.5, 0.25, 0.25]],
    ['cosine', cosine(), [0, 1, 2, 3, 4, 5].map((step) => (1 + Math.cos((Math.PI * step) / 6)) / 2)],
    ['warmup', warmup({ steps: 4 }), [0.25, 0.5, 0.75, 1, 1, 1]],
  ];
  it.each(cases)('of %s multiplies the rate of every update', async (_, schedule, factors) => {
    const rate = 0.4;
    const rates: number[] = [];
    const run = await train(small(), {
      ...common,
      data: clouds(37),
      epochs: 2,
      optimizer: sgd({ learningRate: rate }),
      schedule,
      probes: [
        {
          name: 'updates',
          step: (view) => {
            rates.push(view.learningRate);
            for (const name of ['dense1.weight', 'dense2.bias']) {
              const gradient = view.parameterGradient(name);
              const expected = -rate * factors[view.step - 1];
              view.update(name).forEach((delta, i) => expect(delta).toBeCloseTo(expected * gradient[i], 6));
            }
          },
        },
      ],
    });
    expect(run.steps).toBe(6);
    rates.forEach((found, i) => expect(found).toBeCloseTo(rate * factors[i], 12));
    // An epoch's record has the rate of its last step.
    expect(run.history.map(({ learningRate }) => learningRate)).toEqual([rates[2], rates[5]]);
  });
});
