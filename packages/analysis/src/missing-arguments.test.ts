import { DataError, ParameterError, activation } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import * as analysis from './index.ts';

type Loose = (...values: readonly unknown[]) => unknown;

describe('rows that are no records', () => {
  const { summarizeInitSensitivity, summarizeBornDead, summarizeDying } = analysis;
  const { summarizeFiniteWidth, summarizeRegionCounts, summarizeTrainableDepth } = analysis;
  it.each([
    ...[summarizeInitSensitivity, summarizeBornDead, summarizeDying],
    ...[summarizeFiniteWidth, summarizeRegionCounts, summarizeTrainableDepth],
  ])('are refused with the columns that there should be: %o', (summarize) => {
    expect(() => (summarize as Loose)([1, 2])).toThrow(DataError);
    expect(() => (summarize as Loose)([1, 2])).toThrow(/are records with .*; row 0 is 1/);
  });
});

describe('arguments that are missing', () => {
  it.each([
    'summarizeOutcomes',
    'summarizeSeeds',
    'bootstrapInterval',
    'median',
    'quantile',
    'randomReluNetwork',
  ] as const)('are refused in words by %s', (name) => {
    expect(() => (analysis[name] as Loose)()).toThrow(ParameterError);
  });

  it('are refused in words by runFolding', async () => {
    await expect((analysis.runFolding as (...values: readonly unknown[]) => Promise<unknown>)()).rejects.toThrow(
      ParameterError,
    );
  });
});

describe('activationCost', () => {
  it('takes names, and says so of a definition', async () => {
    const cost = (analysis.activationCost as (options: unknown) => Promise<unknown>)({
      activations: [activation('maxout')],
    });
    await expect(cost).rejects.toThrow(/takes names of the catalogue, such as 'gelu', not the definition of 'maxout'/);
  });
});
