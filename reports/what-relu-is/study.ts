import { defineStudy } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import { claimsOf } from './claims.ts';
import { answersFigure, curveFigure, kinkTable, mappingsFigure, piecesFigure } from './figures.ts';
import { type MappingCondition, type Mapping, mappings } from './mappings.ts';
import type { PiecesCondition } from './pieces.ts';
import type { FunctionCondition } from './the-function.ts';
import type { KinkCondition } from './the-kink.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const measureFunction = experiment<FunctionCondition>(here('./the-function.ts'), 'measureFunction');
const learnMapping = experiment<MappingCondition>(here('./mappings.ts'), 'learnMapping');
const followCurve = experiment<PiecesCondition>(here('./pieces.ts'), 'followCurve');
const trainWithEither = experiment<KinkCondition>(here('./the-kink.ts'), 'trainWithEither');

const count = (): z.ZodInt => z.int().min(1);

const parameters = z.object({
  seeds: count().default(10).describe('random draws, networks and curves'),
  points: count().default(1_000_000).describe('numbers that go through the function'),
  hidden: z.array(count()).min(1).default([32, 32]).describe('widths of the networks in the plane'),
  samples: count().default(1000).describe('points of a set in the plane'),
  epochs: count().default(100).describe('passes over the points'),
  grid: count().min(2).default(61).describe('points along a side of the pictures'),
  units: z
    .array(count())
    .min(2)
    .default([8, 16, 32, 64, 128, 256])
    .describe('sizes of the networks that follow a curve'),
  digitWidths: z.array(count()).min(1).default([256, 256]).describe('widths of the networks for digits'),
  trainingDigits: count().max(60_000).default(60_000).describe('training digits, the first ones'),
  testDigits: count().max(10_000).default(10_000).describe('test digits, the first ones'),
  digitEpochs: count().default(3).describe('passes over the training digits'),
});

export default defineStudy({
  id: 'what-relu-is',
  title: 'What ReLU is',
  summary:
    'max(0, x), and what follows from it: where it is linear and where not, what its gradient is at 0, and why a network needs such a thing at all.',
  parameters,
  profiles: {
    full: {},
    quick: {
      seeds: 3,
      points: 100_000,
      samples: 400,
      epochs: 60,
      grid: 41,
      trainingDigits: 4_000,
      testDigits: 1_000,
      digitEpochs: 1,
    },
  },
  references: {
    nair2010: {
      title: 'Rectified linear units improve restricted Boltzmann machines',
      authors: ['Nair', 'Hinton'],
      year: 2010,
      venue: 'ICML',
      url: 'https://www.cs.toronto.edu/~fritz/absps/reluICML.pdf',
    },
    bertoin2021: {
      title: 'Numerical influence of ReLU’(0) on backpropagation',
      authors: ['Bertoin', 'Bolte', 'Gerchinovitz', 'Pauwels'],
      year: 2021,
      venue: 'NeurIPS',
      url: 'https://arxiv.org/abs/2106.12915',
    },
  },
  run: async ({ parameters: { seeds, points, hidden, samples, epochs, grid, units, ...digits }, sweep }) => {
    const ofFunction = await sweep(measureFunction, [{ points }], { seeds, label: () => 'the function' });
    const ofCurves = await sweep(followCurve, [{ units }], { seeds, label: () => 'curves' });
    const conditions = (Object.keys(mappings) as Mapping[]).flatMap((mapping) =>
      (['identity', 'relu'] as const).map((activation) => ({
        mapping,
        activation,
        hidden,
        samples,
        epochs,
        grid: mapping === 'spirals' ? grid : 0,
      })),
    );
    const ofMappings = await sweep(learnMapping, conditions, {
      seeds,
      label: ({ mapping, activation }, seed) => `${mapping} with ${activation}, seed ${seed}`,
    });
    const { digitWidths, digitEpochs, trainingDigits, testDigits } = digits;
    const kink = { hidden: digitWidths, trainingDigits, testDigits, epochs: digitEpochs };
    const ofKink = await sweep(trainWithEither, [kink], { seeds, label: (_, seed) => `digits, seed ${seed}` });
    return [ofFunction, ofCurves, ofMappings, ofKink].flatMap(({ rows }) => rows);
  },
  claims: ({ result }) => claimsOf(result),
  figures: ({ result }) => ({
    'fig-curve': () => curveFigure(),
    'fig-mappings': () => mappingsFigure(result),
    'fig-answers': () => answersFigure(result),
    'fig-pieces': () => piecesFigure(result),
  }),
  tables: ({ result }) => ({ 'tbl-kink': () => kinkTable(result) }),
  prose: new URL('./study.md', import.meta.url),
});
