import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineStudy } from '../study.ts';
import { parseAssignments, resolveParameters } from './parameters.ts';

const study = defineStudy({
  id: 'tiny',
  title: 'Tiny',
  parameters: z.object({
    seeds: z.int().min(1).default(3),
    learningRates: z.array(z.number().positive()).default([0.1]),
    activation: z.string().default('relu'),
    activations: z.array(z.enum(['relu', 'selu'])).default(['relu']),
  }),
  profiles: { quick: { seeds: 2 }, full: {} },
  run: () => null,
  claims: () => [],
  figures: () => ({}),
  tables: () => ({}),
  prose: { markdown: '' },
});

describe('resolveParameters', () => {
  it('puts what is given over the profile, and the profile over the defaults', () => {
    expect(resolveParameters(study, 'full')).toEqual({
      seeds: 3,
      learningRates: [0.1],
      activation: 'relu',
      activations: ['relu'],
    });
    expect(resolveParameters(study, 'quick')).toMatchObject({ seeds: 2 });
    expect(resolveParameters(study, 'quick', { seeds: 7 })).toMatchObject({ seeds: 7 });
  });

  it('refuses an unknown key, and names the nearest', () => {
    expect(() => resolveParameters(study, 'quick', { learning_rate: [1] })).toThrow(
      "has no parameter 'learning_rate'; did you mean 'learningRates'? There are seeds, learningRates, activation, activations",
    );
    expect(() => resolveParameters(study, 'quick', JSON.parse('{"__proto__": 1}') as object as never)).toThrow(
      "no parameter '__proto__'",
    );
  });

  it('says where a value is wrong, and what would be right', () => {
    expect(() => resolveParameters(study, 'quick', { seeds: 'many' })).toThrow(
      /seeds: .*expected (number|int), received string/,
    );
    expect(() => resolveParameters(study, 'quick', { learningRates: [0.1, -1] })).toThrow(/learningRates\[1\]: .*>0/);
    expect(() => resolveParameters(study, 'quick', { seeds: 2.5 })).toThrow(
      /seeds: it must be a whole number, not 2\.5$/,
    );
  });

  it('names the nearest of the values that there are', () => {
    expect(() => resolveParameters(study, 'quick', { activations: ['selu', 'rleu'] })).toThrow(
      "activations[1]: 'rleu' is none of the values; did you mean 'relu'? There are relu, selu",
    );
    expect(() => resolveParameters(study, 'quick', { activations: [3] })).toThrow(/activations\[0\]: .*"relu"\|"selu"/);
  });
});

describe('parseAssignments', () => {
  it('reads JSON values, and takes everything else as text', () => {
    expect(parseAssignments(['a=5', 'b=[1,2]', 'c=relu', 'd="5"', 'e=x=y', 'f='])).toEqual({
      a: 5,
      b: [1, 2],
      c: 'relu',
      d: '5',
      e: 'x=y',
      f: '',
    });
  });

  it('refuses what assigns nothing', () => {
    expect(() => parseAssignments(['seeds'])).toThrow("key=value, as in seeds=5; got 'seeds'");
    expect(() => parseAssignments(['=5'])).toThrow("got '=5'");
    expect(() => parseAssignments(['a=1', 'a=2'])).toThrow("'a' is set twice");
  });
});
