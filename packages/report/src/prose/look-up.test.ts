import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lookUp } from './look-up.ts';

const scope = {
  parameters: { seeds: 5, rates: [0.1, 0.25], activation: 'relu', off: false },
  claims: { 'relu-wins': { measurement: { estimate: 0.9783, interval: [0.9761, 0.9802] }, prediction: null } },
};
const look = (path: string, ...filters: string[]): string => lookUp(scope, path, filters).replaceAll('\u00a0', ' ');

describe('lookUp', () => {
  it('finds values and writes them', () => {
    expect(look('parameters.seeds')).toBe('5');
    expect(look('parameters.activation')).toBe('relu');
    expect(look('parameters.off')).toBe('no');
    expect(look('parameters.rates')).toBe('0.1, 0.25');
    expect(look('parameters.rates.1')).toBe('0.25');
    expect(look('claims.relu-wins.measurement.estimate', 'percent')).toBe('97.8 %');
    expect(look('claims.relu-wins.measurement.interval', 'percent', 'range')).toBe('97.6 % to 98.0 %');
    expect(look('claims.relu-wins.prediction', 'percent')).toBe('–');
  });

  it('names what is near, or what there is', () => {
    expect(() => look('parameter.seeds')).toThrow(
      "no 'parameter'; did you mean 'parameters'? There are parameters, claims",
    );
    expect(() => look('parameters.sedes')).toThrow("no 'sedes' in parameters; did you mean 'seeds'?");
    expect(() => look('parameters.seeds.x')).toThrow("no 'x' in parameters.seeds, which is 5");
    expect(() => look('parameters')).toThrow('has several values: choose one of seeds, rates');
    expect(() => look('')).toThrow('names no value');
  });

  it('refuses an unknown filter, and one that does not fit', () => {
    expect(() => look('parameters.seeds', 'precent')).toThrow("no filter 'precent'; did you mean 'percent'?");
    expect(() => look('parameters.activation', 'percent')).toThrow(
      "'percent' writes numbers, and parameters.activation is a string",
    );
    expect(() => look('parameters.seeds', 'range')).toThrow("'range' joins arrays");
    expect(() => look('parameters.seeds', 'toString')).toThrow("no filter 'toString'");
  });

  it.each([
    'constructor',
    '__proto__',
    'parameters.constructor',
    'parameters.rates.length.constructor',
    'parameters.toString',
  ])('does not reach %s', (path) => {
    expect(() => look(path)).toThrow(/there is no/);
  });

  it('never evaluates: whatever the path, it is a value of the scope or an error that says so', () => {
    fc.assert(
      fc.property(fc.string(), (path) => {
        try {
          look(path);
        } catch (error) {
          expect(String(error)).toMatch(/^ParameterError: (there is no|\{\{ \}\} names no|.* has several values)/);
        }
      }),
    );
  });
});
