import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { type Study, defineStudy } from './study.ts';

const study = defineStudy({
  id: 'tiny',
  title: 'Tiny',
  parameters: z.object({ seeds: z.int().min(1).default(2), rates: z.array(z.number()).default([0.1]) }),
  profiles: { quick: { seeds: 2 }, full: { seeds: 5 } },
  run: async ({ parameters, seed }) => {
    expectTypeOf(parameters).toEqualTypeOf<{ seeds: number; rates: number[] }>();
    return { best: parameters.rates.map((rate) => rate * seed) };
  },
  claims: ({ result, parameters }) => {
    expectTypeOf(result).toEqualTypeOf<{ best: number[] }>();
    expectTypeOf(parameters.seeds).toEqualTypeOf<number>();
    return [];
  },
  figures: ({ result }) => {
    expectTypeOf(result.best).toEqualTypeOf<number[]>();
    return {};
  },
  tables: ({ result }) => {
    expectTypeOf(result.best).toEqualTypeOf<number[]>();
    return {};
  },
  timings: ({ result }) => {
    expectTypeOf(result.best).toEqualTypeOf<number[]>();
    return {};
  },
  prose: { markdown: '' },
});

describe('defineStudy', () => {
  it('returns the study, whose types flow from parameters and run', () => {
    expect(study.id).toBe('tiny');
    const any: Study = study;
    expect(any).toBe(study);
  });

  it('refuses what cannot be right, and says what would be', () => {
    const message = (change: object): string => {
      try {
        defineStudy({ ...study, ...change } as Study);
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    };
    expect(message({})).toBe('accepted');
    expect(message({ id: 'My study' })).toMatch(/^ParameterError: The id of a study .* got 'My study'/);
    expect(message({ id: '../up' })).toMatch(/got '..\/up'/);
    expect(message({ title: '' })).toMatch(/needs a title/);
    expect(message({ profiles: { quick: {} } })).toMatch(/'full' is missing/);
    expect(message({ profiles: { quick: { sedes: 1 }, full: {} } })).toMatch(/sets 'sedes', .* \(seeds, rates\)/);
    expect(message({ parameters: {} })).toMatch(/must be a z.object/);
    expect(message({ tables: undefined })).toMatch(/'tiny' needs a function 'tables'/);
    expect(message({ prose: './study.md' })).toMatch(/prose of the study 'tiny' must be new URL/);
    expect(message({ prose: undefined })).toMatch(/prose of the study 'tiny' must be new URL/);
    expect(message({ references: { 'a b': { title: 'A' } } })).toMatch(/key of a reference .* got 'a b'/);
    expect(message({ references: { a: { title: 'A', url: 'javascript:alert(1)' } } })).toMatch(/must begin with https/);
  });
});
