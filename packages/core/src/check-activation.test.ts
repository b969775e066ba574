import { describe, expect, it } from 'vitest';
import { activation, activationNames } from './activations/by-name.ts';
import { leakyRelu, maxout, relu } from './activations/catalogue.ts';
import { checkActivation } from './check-activation.ts';
import { ParameterError } from './errors.ts';

const check = (value: unknown): void => checkActivation(value);

describe('checkActivation', () => {
  it.each([...activationNames])('accepts %s', (name) => {
    expect(() => check(activation(name))).not.toThrow();
  });

  it.each([
    [leakyRelu, 'call it: leakyRelu()'],
    [maxout, 'call it: maxout()'],
    ['relu', "activation('relu') makes one of the catalogue"],
    [undefined, 'not undefined'],
    [null, 'not null'],
    [3, 'not number 3'],
    [[relu], 'not an array'],
    [{ kind: 'elementwise', value: Math.abs }, 'An activation is needed'],
    [{ kind: 'maxout', value: Math.max }, 'An activation is needed'],
    [{ ...relu, kind: 'else' }, 'An activation is needed'],
  ])('refuses %o', (value, message) => {
    expect(() => check(value)).toThrow(ParameterError);
    expect(() => check(value)).toThrow(message);
  });
});
