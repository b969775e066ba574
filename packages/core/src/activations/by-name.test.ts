import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Activation, ElementwiseActivation, MaxoutActivation } from '../activation.ts';
import { ParameterError } from '../errors.ts';
import { type ActivationName, type ActivationOptions, activation, activationNames } from './by-name.ts';
import { elu, leakyRelu, relu, rrelu } from './catalogue.ts';

/** A name or options as they come from a file: known to no type. */
const fromFile = (name: string, options?: Readonly<Record<string, number>>): Activation => activation(name, options);

describe('the catalogue', () => {
  it('names the activations that the library promises', () => {
    const promised =
      'relu relu6 leaky-relu prelu rrelu elu celu selu gelu silu mish softplus sigmoid tanh hard-sigmoid hard-swish abs identity maxout';
    expect([...activationNames]).toEqual(promised.split(' ').sort());
  });

  it.each([...activationNames])('gives %s under its own name', (name) => {
    expect(activation(name).name).toBe(name);
  });

  it('gives the very constant where there is one', () => {
    expect(activation('relu')).toBe(relu);
  });

  it('passes options on', () => {
    expect(activation('leaky-relu', { alpha: 0.2 }).value(-1)).toBe(-0.2);
    expect(activation('leaky-relu', { alpha: 0.2 }).kinks).toEqual([0]);
    expect(activation('relu', { subgradient: 0.5 }).derivative(0)).toBe(0.5);
    expect(activation('relu6', { subgradient: 0.5 }).derivative(6)).toBe(0.5);
    expect(activation('maxout', { pieces: 3 }).pieces).toBe(3);
    expect(activation('elu', {}).parameters).toEqual({ alpha: 1 });
    expect(activation('gelu', {})).toBe(activation('gelu'));
  });

  it('types each name with its own options and its own kind', () => {
    expectTypeOf<ActivationOptions<'elu'>>().toEqualTypeOf<NonNullable<Parameters<typeof elu>[0]>>();
    expectTypeOf(activation('maxout')).toEqualTypeOf<MaxoutActivation>();
    expectTypeOf(activation('hard-swish')).toEqualTypeOf<ElementwiseActivation>();
    expectTypeOf(activation('relu' as ActivationName)).toEqualTypeOf<Activation>();
    expectTypeOf(activation('relu' as string)).toEqualTypeOf<Activation>();
    // @ts-expect-error elu takes alpha
    expect(() => activation('elu', { slope: 1 })).toThrow(ParameterError);
    // @ts-expect-error gelu takes no options
    expect(() => activation('gelu', { alpha: 1 })).toThrow(ParameterError);
    // @ts-expect-error a misspelt name
    expect(() => activation('sigmiod')).toThrow(ParameterError);
  });
});

describe('defaults', () => {
  it.each([
    ['leaky-relu', { alpha: 0.01, subgradient: 0 }],
    ['prelu', { alpha: 0.25, subgradient: 0 }],
    ['rrelu', { lower: 1 / 8, upper: 1 / 3, subgradient: 0 }],
    ['elu', { alpha: 1 }],
    ['celu', { alpha: 1 }],
    ['maxout', { pieces: 2 }],
    ['relu', { subgradient: 0 }],
    ['relu6', { subgradient: 0 }],
    ['gelu', {}],
  ] as const)('of %s are those of the literature', (name, parameters) => {
    expect(activation(name).parameters).toEqual(parameters);
  });

  it('hold for an option that is undefined', () => {
    expect(fromFile('elu', { alpha: undefined } as unknown as Record<string, number>).parameters).toEqual({ alpha: 1 });
  });
});

describe('refusals', () => {
  it.each([
    ['leakyrelu', "There is no activation 'leakyrelu' (did you mean 'leaky-relu'?); there are abs, celu, elu"],
    ['ReLU', "(did you mean 'relu'?)"],
    ['hardswich', "(did you mean 'hard-swish'?)"],
    ['transformer', "There is no activation 'transformer'; there are abs"],
    ['', "There is no activation ''; there are abs"],
    ['reluWith', "There is no activation 'reluWith'"],
    ['toString', "There is no activation 'toString'"],
  ])('of the name %s', (name, message) => {
    expect(() => fromFile(name)).toThrow(ParameterError);
    expect(() => fromFile(name)).toThrow(message);
  });

  it.each([
    ['elu', { alhpa: 1 }, "elu takes alpha, not 'alhpa' (did you mean 'alpha'?)"],
    ['relu', { alpha: 1 }, "relu takes subgradient, not 'alpha'"],
    ['gelu', { approximate: 1 }, "gelu takes no options, not 'approximate'"],
    ['rrelu', { alpha: 0.2 }, "rrelu takes lower, upper, subgradient, not 'alpha'"],
    ['elu', { alpha: 0 }, 'alpha of elu must be a finite number above 0, not 0'],
    ['elu', { alpha: -1 }, 'alpha of elu must be a finite number above 0, not -1'],
    ['celu', { alpha: NaN }, 'alpha of celu must be a finite number above 0, not NaN'],
    ['celu', { alpha: Infinity }, 'alpha of celu must be a finite number above 0, not Infinity'],
    ['leaky-relu', { alpha: NaN }, 'alpha of leaky-relu must be a finite number, not NaN'],
    ['prelu', { alpha: -Infinity }, 'alpha of prelu must be a finite number, not -Infinity'],
    ['relu', { subgradient: 1.5 }, 'subgradient of relu must be a number from 0 to 1, not 1.5'],
    ['relu6', { subgradient: -0.1 }, 'subgradient of relu6 must be a number from 0 to 1, not -0.1'],
    ['leaky-relu', { subgradient: NaN }, 'subgradient of leaky-relu must be a number from 0 to 1, not NaN'],
    ['rrelu', { lower: 0.5, upper: 0.25 }, 'lower of rrelu must not be above its upper, but 0.5 is above 0.25'],
    ['maxout', { pieces: 0 }, 'pieces of maxout must be a whole number of at least 1, not 0'],
  ])('of %s with %o', (name, options, message) => {
    expect(() => fromFile(name, options)).toThrow(ParameterError);
    expect(() => fromFile(name, options)).toThrow(message);
  });

  it('of a number where the options belong, and of text for a number', () => {
    expect(() => leakyRelu(0.2 as never)).toThrow(
      'leaky-relu takes its options as one object, such as { alpha: … }, not 0.2',
    );
    expect(() => rrelu(null as never)).toThrow(ParameterError);
    expect(() => elu({ alpha: '1' as never })).toThrow('alpha of elu must be a finite number above 0, not 1');
  });
});
