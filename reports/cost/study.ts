import { defineStudy } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import { type Shapes, claimsOf, timedClaims, withExponential } from './claims.ts';
import { elementsFigure, elementsTable, sharesFigure, sizesFigure, stepsFigure, stepsTable } from './figures.ts';
import type { KernelCondition } from './kernels.ts';
import type { StepCondition } from './steps.ts';
import type { OperationCondition } from './the-operation.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const compareWithOneOperation = experiment<OperationCondition>(here('./the-operation.ts'), 'compareWithOneOperation');
const timeElements = experiment<KernelCondition>(here('./kernels.ts'), 'timeElements');
const timeTraining = experiment<StepCondition>(here('./steps.ts'), 'timeTraining');

const elementwise = ['relu', 'leaky-relu', ...withExponential] as const;
const all = [...elementwise, 'maxout'];

const count = (): z.ZodInt => z.int().min(1);
const three = () => z.tuple([count(), count(), count()]);

const parameters = z.object({
  seeds: count().default(10).describe('random draws of numbers'),
  points: count().default(1_000_000).describe('numbers of a draw'),
  rounds: count().default(25).describe('rounds in which all activations take turns'),
  elements: three()
    .default([4_096, 65_536, 1_048_576])
    .describe('numbers in the arrays: few, some, and more than caches hold'),
  widths: three()
    .default([32, 256, 1024])
    .describe('units in each of the three hidden layers: narrow, in between, wide'),
  batchSize: count().default(64).describe('samples in a training step'),
  elementsPerRound: count().default(500_000).describe('numbers that go through an activation in a round, at least'),
});

export default defineStudy({
  id: 'cost',
  title: 'What an activation costs',
  summary:
    'ReLU is said to be efficient: only a comparison and a max. How long it takes, alone and in a training step, beside the others; and how much a step would gain if it took no time.',
  parameters,
  profiles: {
    full: {},
    quick: { seeds: 3, points: 100_000, rounds: 9, widths: [32, 128, 512], elementsPerRound: 200_000 },
  },
  references: {
    amdahl1967: {
      title: 'Validity of the single processor approach to achieving large scale computing capabilities',
      authors: ['Amdahl'],
      year: 1967,
      venue: 'AFIPS',
      url: 'https://doi.org/10.1145/1465482.1465560',
    },
    hendrycks2016: {
      title: 'Gaussian error linear units (GELUs)',
      authors: ['Hendrycks', 'Gimpel'],
      year: 2016,
      url: 'https://arxiv.org/abs/1606.08415',
    },
    goodfellow2013: {
      title: 'Maxout networks',
      authors: ['Goodfellow', 'Warde-Farley', 'Mirza', 'Courville', 'Bengio'],
      year: 2013,
      venue: 'ICML',
      url: 'https://proceedings.mlr.press/v28/goodfellow13.html',
    },
  },
  run: async ({ parameters: { seeds, points, rounds, elements, widths, batchSize, elementsPerRound }, sweep }) => {
    const { rows } = await sweep(compareWithOneOperation, [{ points }], { seeds, label: () => 'one operation' });
    // One after the other, and each alone: what runs beside it would be part of what it measures.
    const shared = { activations: elementwise, rounds, elementsPerRound };
    const ofElements = await sweep(timeElements, [{ ...shared, elements }], { seeds: 1, label: () => 'elements' });
    const training = { ...shared, widths, batchSize };
    const ofSteps = await sweep(timeTraining, [training], { seeds: 1, label: () => 'training steps' });
    return { rows, timings: [...ofElements.timings, ...ofSteps.timings] };
  },
  claims: ({ result: { rows } }) => claimsOf(rows),
  figures: () => ({}),
  tables: () => ({}),
  timings: ({ result: { timings }, parameters: { batchSize, widths, elements } }) => {
    const shapes: Shapes = { batchSize, widths, elements };
    return {
      claims: timedClaims(timings, shapes),
      figures: {
        'fig-elements': () => elementsFigure(timings, elementwise, shapes),
        'fig-sizes': () => sizesFigure(timings, shapes),
        'fig-shares': () => sharesFigure(timings, shapes),
        'fig-steps': () => stepsFigure(timings, all, shapes),
      },
      tables: {
        'tbl-elements': () => elementsTable(timings, elementwise, shapes),
        'tbl-steps': () => stepsTable(timings, all, shapes),
      },
    };
  },
  prose: new URL('./study.md', import.meta.url),
});
