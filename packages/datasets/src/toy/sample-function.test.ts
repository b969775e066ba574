import { DataError, ParameterError, checkDataset, takeRows } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type FunctionName, functionNames, sampleFunction } from './sample-function.ts';

describe('sampleFunction', () => {
  // Values by hand: f(−1), f(−3/4), f(−1/2), f(0), f(1/8), f(1/4).
  const places = [-1, -0.75, -0.5, 0, 0.125, 0.25];
  it.each<[FunctionName, number[]]>([
    ['sine', [0, 1, 0, 0, Math.SQRT1_2, 1]],
    ['absolute', [1, 0.75, 0.5, 0, 0.125, 0.25]],
    ['step', [0, 0, 0, 1, 1, 1]],
    ['square', [1, 0.5625, 0.25, 0, 0.015625, 0.0625]],
    ['runge', [1 / 26, 1 / 15.0625, 1 / 7.25, 1, 1 / 1.390625, 1 / 2.5625]],
    ['triangle', [-1, 1, -1, -1, 0, 1]],
  ])('knows %s', (f, values) => {
    places.forEach((x, i) => {
      // A range so short that f is the same all over it.
      const { inputs, targets } = sampleFunction({ f, samples: 1, from: x, to: x + 1e-12 });
      expect(inputs[0]).toBeCloseTo(x, 9);
      expect(targets[0]).toBeCloseTo(values[i], 6);
    });
  });

  it('lists the names it knows', () => {
    expect(functionNames).toEqual(['sine', 'absolute', 'step', 'square', 'runge', 'triangle']);
  });

  it('takes any function, whose values belong to the inputs', () => {
    const data = sampleFunction({ f: (x) => 3 * x + 1, from: 2, to: 10, samples: 1000 });
    checkDataset(data);
    expect(data.classes).toBeUndefined();
    data.inputs.forEach((x, i) => expect(data.targets[i]).toBe(Math.fround(3 * x + 1)));
    expect(Math.min(...data.inputs)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...data.inputs)).toBeLessThanOrEqual(10);
    // 1 000 numbers U(2, 10): the mean is 6 to within 4 deviations.
    const mean = data.inputs.reduce((sum, x) => sum + x, 0) / 1000;
    expect(Math.abs(mean - 6)).toBeLessThan(4 * (8 / Math.sqrt(12 * 1000)));
  });

  it('is called as the function is', () => {
    expect(sampleFunction().name).toBe('sine');
    expect(sampleFunction({ f: Math.tanh }).name).toBe('tanh');
    expect(
      sampleFunction({
        f: (
          (): ((x: number) => number) => (x) =>
            x
        )(),
      }).name,
    ).toBe('a function');
  });

  it('adds noise to the targets alone', () => {
    const quiet = sampleFunction({ samples: 20_000 });
    const loud = sampleFunction({ samples: 20_000, noise: 0.5 });
    expect(loud.inputs).toEqual(quiet.inputs);
    let squares = 0;
    loud.targets.forEach((y, i) => (squares += (y - quiet.targets[i]) ** 2));
    const variance = squares / 20_000;
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
  });

  it('is the same for the same seed, and a smaller one is the beginning of a larger one', () => {
    expect(sampleFunction({ seed: 1, noise: 1 })).toEqual(sampleFunction({ seed: 1, noise: 1 }));
    expect(sampleFunction({ seed: 2 }).inputs).not.toEqual(sampleFunction({ seed: 1 }).inputs);
    expect(sampleFunction({ seed: 1, samples: 9, noise: 1 }).targets).toEqual(
      takeRows(sampleFunction({ seed: 1, noise: 1 }), 9).targets,
    );
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown function', { f: 'sinus' }, "There is no function 'sinus' (did you mean 'sine'?); there are sine,"],
    ['a name of every object', { f: 'toString' }, "There is no function 'toString'"],
    ['an empty range', { from: 1, to: 1 }, 'sampleFunction needs from < to; got from 1 and to 1'],
    ['an infinite range', { to: Infinity }, 'to of sampleFunction must be a finite number, not Infinity'],
    ['no samples', { samples: 0 }, 'samples of sampleFunction must be a whole number of at least 1, not 0'],
    [
      'an unknown option',
      { form: 1 },
      "sampleFunction takes f, samples, from, to, noise, seed, not 'form' (did you mean 'from'?)",
    ],
  ])('refuses %s', (_, options, message) => {
    expect(() => sampleFunction(options)).toThrow(ParameterError);
    expect(() => sampleFunction(options)).toThrow(message);
  });

  it('refuses a function whose value is not a finite number, naming where', () => {
    expect(() => sampleFunction({ f: Math.sqrt })).toThrow(DataError);
    expect(() => sampleFunction({ f: Math.sqrt })).toThrow(/f\(-0\.\d+\) is NaN/);
    expect(() => sampleFunction({ f: () => 1e39 })).toThrow(/is 1e\+39/);
  });
});
