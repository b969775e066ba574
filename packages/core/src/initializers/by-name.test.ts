import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterError, ShapeError } from '../errors.ts';
import { random } from '../random/random.ts';
import { initializer, initializerNames } from './by-name.ts';

describe('initializer', () => {
  it('knows the rules of the literature and of the frameworks by name', () => {
    expect(initializerNames).toEqual([
      'zeros',
      'constant',
      'uniform',
      'normal',
      'truncated-normal',
      'xavier-normal',
      'xavier-uniform',
      'he-normal',
      'he-uniform',
      'lecun-normal',
      'lecun-uniform',
      'orthogonal',
      'pytorch-default',
      'keras-default',
      'lsuv',
    ]);
  });

  it.each(initializerNames)('%s carries its name, and a source with an address', (name) => {
    const rule = initializer(name);
    expect(rule.name).toBe(name);
    expect(rule.source.title.length).toBeGreaterThan(10);
    expect(new URL(rule.source.url).protocol).toBe('https:');
  });

  it.each([
    ['constant', { value: 3 }],
    ['uniform', { low: -1, high: 2 }],
    ['normal', { mean: 1, deviation: 2 }],
    ['truncated-normal', { mean: 1, deviation: 2 }],
    ['xavier-uniform', { mode: 'fan-out', gain: 3 }],
    ['he-normal', { mode: 'fan-average', slope: 0.25 }],
    ['he-uniform', { mode: 'fan-in', gain: 3 }],
    ['orthogonal', { gain: 2 }],
    ['lsuv', { outputVariance: 2 }],
  ] as const)('%s is made again from its name and parameters', (name, options) => {
    const { parameters } = initializer(name as string, options);
    expect(parameters).toEqual(options);
    expect(initializer(name as string, parameters).parameters).toEqual(options);
  });

  it('states the defaults that it used', () => {
    expect(initializer('he-normal').parameters).toEqual({ mode: 'fan-in', slope: 0 });
    expect(initializer('xavier-normal').parameters).toEqual({ mode: 'fan-average', gain: 1 });
    expect(initializer('lecun-uniform').parameters).toEqual({ mode: 'fan-in', gain: 1 });
    expect(initializer('uniform').parameters).toEqual({ low: -0.05, high: 0.05 });
    expect(initializer('lsuv').outputVariance).toBe(1);
    expect(initializer('orthogonal').outputVariance).toBeUndefined();
  });

  it.each([
    ['he-norml', "There is no initializer 'he-norml' (did you mean 'he-normal'?); there are zeros, constant,"],
    ['HeNormal', "did you mean 'he-normal'?"],
    ['glorot', "There is no initializer 'glorot'; there are"],
    ['toString', "There is no initializer 'toString'"],
  ])('refuses the name %s', (name, message) => {
    expect(() => initializer(name)).toThrow(ParameterError);
    expect(() => initializer(name)).toThrow(message);
  });

  it.each<[string, object, string]>([
    ['zeros', { value: 1 }, "zeros takes no options, not 'value'"],
    ['pytorch-default', { gain: 1 }, "pytorch-default takes no options, not 'gain'"],
    ['keras-default', { gain: 1 }, "keras-default takes no options, not 'gain'"],
    ['constant', { value: NaN }, 'value of constant must be a finite number, not NaN'],
    ['uniform', { low: 1, high: 1 }, 'uniform needs low < high; got low 1 and high 1'],
    ['uniform', { hihg: 1 }, "uniform takes low, high, not 'hihg' (did you mean 'high'?)"],
    ['normal', { deviation: -1 }, 'deviation of normal must be a finite number of at least 0, not -1'],
    [
      'truncated-normal',
      { deviation: Infinity },
      'deviation of truncated-normal must be a finite number of at least 0',
    ],
    ['xavier-normal', { gain: 0 }, 'gain of xavier-normal must be a finite number above 0, not 0'],
    ['xavier-normal', { slope: 0.1 }, "xavier-normal takes mode, gain, not 'slope'"],
    ['he-normal', { slop: 0.1 }, "he-normal takes mode, slope, gain, not 'slop' (did you mean 'slope'?)"],
    ['he-normal', { slope: NaN }, 'slope of he-normal must be a finite number, not NaN'],
    ['he-uniform', { slope: 0.1, gain: 1 }, 'he-uniform takes slope or gain, not both'],
    [
      'lecun-normal',
      { mode: 'fan_in' },
      "mode of lecun-normal must be 'fan-in', 'fan-out' or 'fan-average', not \"fan_in\"",
    ],
    ['orthogonal', { gain: -1 }, 'gain of orthogonal must be a finite number above 0, not -1'],
    ['lsuv', { outputVariance: 0 }, 'outputVariance of lsuv must be a finite number above 0, not 0'],
    ['he-normal', [1] as object, 'he-normal takes its options as one object'],
  ])('refuses %s with %j', (name, options, message) => {
    const make = (): unknown => initializer(name, options as Record<string, number>);
    expect(make).toThrow(ParameterError);
    expect(make).toThrow(message);
  });
});

describe.each(initializerNames)('%s', (name) => {
  const rule = initializer(name);

  it('draws the same numbers from the same stream, and finite ones, for every shape', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), (fanIn, fanOut) => {
        const [first, second] = [1, 2].map(() => {
          const weights = new Float32Array(fanIn * fanOut).fill(NaN);
          const biases = new Float32Array(fanOut).fill(NaN);
          rule.weights(weights, fanIn, fanOut, random(1).stream('weights'));
          rule.biases(biases, fanIn, fanOut, random(1).stream('biases'));
          return [...weights, ...biases];
        });
        expect(second).toEqual(first);
        expect(first.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses arrays of another shape, naming both', () => {
    const draw = (): void => rule.weights(new Float32Array(5), 2, 3, random(1));
    expect(draw).toThrow(ShapeError);
    expect(draw).toThrow(`${name} draws 3 × 2 = 6 weights (fanOut × fanIn), but the array holds 5`);
    const biases = (): void => rule.biases(new Float32Array(2), 2, 3, random(1));
    expect(biases).toThrow(ShapeError);
    expect(biases).toThrow(`${name} draws 3 biases (fanOut), but the array holds 2`);
  });

  it.each([
    [0, 1],
    [1, -1],
    [1.5, 1],
    [NaN, 1],
  ])('refuses the fans %s and %s', (fanIn, fanOut) => {
    const message = `${name} needs whole numbers of at least 1 as fanIn and fanOut; got fanIn ${fanIn} and fanOut ${fanOut}`;
    expect(() => rule.variance(fanIn, fanOut)).toThrow(message);
    expect(() => rule.biasVariance(fanIn, fanOut)).toThrow(ParameterError);
    expect(() => rule.weights(new Float32Array(1), fanIn, fanOut, random(1))).toThrow(ParameterError);
    expect(() => rule.biases(new Float32Array(1), fanIn, fanOut, random(1))).toThrow(ParameterError);
  });
});
