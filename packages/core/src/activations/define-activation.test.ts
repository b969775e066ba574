import { describe, expect, it } from 'vitest';
import { forward, backward } from '../apply.ts';
import { checkActivation } from '../check-activation.ts';
import { ParameterError } from '../errors.ts';
import { type ActivationDefinition, defineActivation } from './define-activation.ts';

const squaredRelu: ActivationDefinition = {
  name: 'squared-relu',
  value: (x) => Math.max(0, x) ** 2,
  derivative: (x) => 2 * Math.max(0, x),
};

describe('defineActivation', () => {
  it('fills in what is not said', () => {
    const phi = defineActivation(squaredRelu);
    expect(phi).toMatchObject({
      kind: 'elementwise',
      name: 'squared-relu',
      parameters: {},
      kinks: [],
      range: { from: -Infinity, to: Infinity, closedFrom: false, closedTo: false },
      positivelyHomogeneous: false,
      source: { title: 'Defined by its author' },
    });
    expect(phi.tex).toBe('\\operatorname{squared-relu}(x)');
    expect(phi.kernel).toBeUndefined();
    expect(phi.derivativeFromOutput).toBeUndefined();
  });

  it('keeps what is said', () => {
    const given = {
      ...squaredRelu,
      derivativeFromOutput: (y: number) => 2 * Math.sqrt(y),
      kinks: [-1, 2],
      range: { from: 0, to: Infinity, closedFrom: true, closedTo: false },
      parameters: { power: 2 },
      tex: '\\max(0, x)^2',
      source: { title: 'So et al. 2021, Primer', url: 'https://arxiv.org/abs/2109.08668' },
    };
    expect(defineActivation(given)).toMatchObject(given);
  });

  it('makes an activation that works on arrays', () => {
    const phi: unknown = defineActivation(squaredRelu);
    checkActivation(phi);
    expect(forward(phi, new Float32Array([-1, 2, 3]))).toEqual(new Float32Array([0, 4, 9]));
    expect(backward(phi, new Float32Array([-1, 2, 3]), new Float32Array([1, 1, 10]))).toEqual(
      new Float32Array([0, 4, 60]),
    );
  });

  it.each([
    [{ name: '' }, 'An activation needs a name that is not empty, not ""'],
    [{ name: 'prelu' }, "'prelu' is an activation of the catalogue"],
    [{ name: 7 }, 'An activation needs a name that is not empty, not 7'],
    [{ value: undefined }, "value of the activation 'squared-relu' must be a function of a number, not undefined"],
    [{ derivative: undefined }, "derivative of the activation 'squared-relu' must be a function of a number"],
    [{ derivativeFromOutput: 3 }, 'derivativeFromOutput of'],
    [{ kinks: [1, 0] }, "The kinks of the activation 'squared-relu' must be finite and ascending, not [1, 0]"],
    [{ kinks: [0, 0] }, 'finite and ascending'],
    [{ kinks: [NaN] }, 'finite and ascending'],
    [{ kinks: [Infinity] }, 'finite and ascending'],
    [{ range: { from: 1, to: 0, closedFrom: true, closedTo: true } }, 'not from 1 to 0'],
    [{ value: Math.log }, "value of the activation 'squared-relu' must be a number, but at x = -2.5 it is NaN"],
    [{ value: () => '1' }, 'must be a number, but at x = -2.5 it is 1'],
    [
      { derivative: (x: number) => 1 / x - 1 / x },
      "derivative of the activation 'squared-relu' must be a number, but at x = 0",
    ],
    [{ derivativeFromOutput: (y: number) => y }, 'at x = 0.3 it gives 0.09, and derivative gives 0.6'],
    [{ derivate: Math.abs }, "(did you mean 'derivative'?)"],
  ])('refuses %o', (change, message) => {
    const define = (): unknown => defineActivation({ ...squaredRelu, ...change } as ActivationDefinition);
    expect(define).toThrow(ParameterError);
    expect(define).toThrow(message);
  });

  it('refuses what is no definition at all', () => {
    expect(() => defineActivation(undefined as never)).toThrow(ParameterError);
    expect(() => defineActivation(Math.abs as never)).toThrow(ParameterError);
  });
});
