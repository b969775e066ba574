import { activationNames } from '@relu-lab/core';
import { type Table, defineStudy } from '@relu-lab/report';
import { type Row, experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import { claimsOf } from './claims.ts';
import type { CostCondition } from './cost.ts';
import type { Condition } from './experiment.ts';
import {
  accuracyFigure,
  costFigure,
  costReference,
  type FigureData,
  gradientFigure,
  learningFigure,
  relativeCost,
  sparsityChangeFigure,
  sparsityFigure,
  boundInWords,
  unitsFigure,
} from './figures.ts';
import { bySeed, measurement, select, share } from '../measurements.ts';

const trainOnDigits = experiment<Condition>(new URL('./experiment.ts', import.meta.url).href, 'trainOnDigits');

const measureCost = experiment<CostCondition>(new URL('./cost.ts', import.meta.url).href, 'measureCost');

/** Training steps of each activation in a round of the cost measurement. */
const stepsPerRound = 4;

const count = (): z.ZodInt => z.int().min(1);

const parameters = z.object({
  activations: z
    .array(z.enum(activationNames))
    .min(1)
    .default(['relu', 'leaky-relu', 'prelu', 'elu', 'selu', 'maxout', 'tanh', 'sigmoid'])
    .describe('activations to compare'),
  seeds: count().default(5).describe('networks trained for each activation'),
  hidden: z.array(count()).min(1).default([256, 256, 256]).describe('widths of the hidden layers'),
  trainingDigits: count().max(60_000).default(60_000).describe('training digits, the first ones'),
  testDigits: count().max(10_000).default(10_000).describe('test digits, the first ones'),
  gradientDigits: count().max(60_000).default(2_048).describe('training digits over which gradients are measured'),
  epochs: count().default(3).describe('passes over the training digits'),
  batchSize: count().default(128).describe('digits in a training step'),
  learningRate: z
    .number()
    .positive()
    .default(0.05)
    .describe('learning rate at the start; it falls to 0 by a half cosine'),
  costRounds: count().default(15).describe('rounds in which the cost of a training step is measured'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('momentum of stochastic gradient descent'),
});

export default defineStudy({
  id: 'activations-on-mnist',
  title: 'How activations behave on handwritten digits',
  summary:
    'The same network is trained on MNIST with each activation, from the initialisation that the activation is made for: how accurate it becomes, how sparse, how many units die, and how gradients flow.',
  parameters,
  profiles: {
    full: {},
    quick: { seeds: 3, trainingDigits: 12_000, testDigits: 2_000, gradientDigits: 512, epochs: 2, costRounds: 5 },
  },
  references: {
    lecun1998: {
      title: 'Gradient-based learning applied to document recognition',
      authors: ['LeCun', 'Bottou', 'Bengio', 'Haffner'],
      year: 1998,
      venue: 'Proceedings of the IEEE',
      url: 'https://doi.org/10.1109/5.726791',
    },
    glorot2010: {
      title: 'Understanding the difficulty of training deep feedforward neural networks',
      authors: ['Glorot', 'Bengio'],
      year: 2010,
      venue: 'AISTATS',
      url: 'https://proceedings.mlr.press/v9/glorot10a.html',
    },
    glorot2011: {
      title: 'Deep sparse rectifier neural networks',
      authors: ['Glorot', 'Bordes', 'Bengio'],
      year: 2011,
      venue: 'AISTATS',
      url: 'https://proceedings.mlr.press/v15/glorot11a.html',
    },
    he2015: {
      title: 'Delving deep into rectifiers: surpassing human-level performance on ImageNet classification',
      authors: ['He', 'Zhang', 'Ren', 'Sun'],
      year: 2015,
      url: 'https://arxiv.org/abs/1502.01852',
    },
    klambauer2017: {
      title: 'Self-normalizing neural networks',
      authors: ['Klambauer', 'Unterthiner', 'Mayr', 'Hochreiter'],
      year: 2017,
      url: 'https://arxiv.org/abs/1706.02515',
    },
  },
  run: async ({ parameters: { activations, seeds, costRounds, ...condition }, sweep }) => {
    const conditions = activations.map((activation) => ({ activation, ...condition }));
    const { rows } = await sweep(trainOnDigits, conditions, {
      seeds,
      label: ({ activation }, seed) => `${activation}, seed ${seed}`,
    });
    // After the training runs, and alone: what runs beside it would be part of what it measures.
    const { hidden, batchSize } = condition;
    const cost = { activations, hidden, batchSize, rounds: costRounds, steps: stepsPerRound };
    const { timings } = await sweep(measureCost, [cost], { seeds: 1, label: () => 'cost of a training step' });
    return { rows, timings };
  },
  claims: ({ result: { rows }, parameters }) => claimsOf(rows, parameters),
  figures: ({ result: { rows }, parameters: { activations, hidden, epochs, gradientDigits } }) => {
    const data: FigureData = { activations, hiddenLayers: hidden.length, epochs, gradientDigits, rows };
    return {
      'fig-accuracy': () => accuracyFigure(data),
      'fig-learning': () => learningFigure(data),
      'fig-sparsity': () => sparsityFigure(data),
      'fig-sparsity-change': () => sparsityChangeFigure(data),
      'fig-dead': () => unitsFigure(data),
      'fig-gradient-start': () => gradientFigure('start', data),
      'fig-gradient-end': () => gradientFigure('end', data),
    };
  },
  tables: ({ result: { rows }, parameters: { activations, hidden } }) => ({
    'tbl-summary': () => summaryTable(activations, rows),
    'tbl-fates': () => fatesTable(activations, hidden.length, rows),
  }),
  timings: ({ result: { timings }, parameters: { activations } }) => ({
    figures: { 'fig-cost': () => costFigure(activations, timings) },
    tables: { 'tbl-cost': () => costTable(activations, timings) },
  }),
  prose: new URL('./study.md', import.meta.url),
});

function summaryTable(activations: readonly string[], rows: readonly Row[]): Table {
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'accuracy', label: 'Test accuracy', format: 'percent2' },
      { key: 'low', label: 'from', format: 'percent2' },
      { key: 'high', label: 'to', format: 'percent2' },
      { key: 'zeroFraction', label: 'Zeros after training', format: 'percent' },
      { key: 'dead', label: 'Dead units a layer', format: 'fixed1' },
      { key: 'growth', label: 'Gradient growth a layer', format: 'fixed3' },
      { key: 'parameters', label: 'Parameters', format: 'integer' },
      { key: 'seeds', label: 'Runs in the means', format: 'integer' },
      { key: 'diverged', label: 'Diverged runs', format: 'integer' },
    ],
    rows: activations.map((activation) => {
      const accuracy = measurement(bySeed(rows, { kind: 'run', activation }, 'testAccuracy'), share);
      const after = { kind: 'units', activation, moment: 'end' };
      const flow = { kind: 'gradient', activation, moment: 'start', layer: 1 };
      return {
        activation,
        accuracy: accuracy.estimate,
        low: accuracy.interval?.[0] ?? null,
        high: accuracy.interval?.[1] ?? null,
        zeroFraction: measurement(bySeed(rows, after, 'zeroFraction')).estimate,
        dead: measurement(bySeed(rows, after, 'dead')).estimate,
        growth: measurement(bySeed(rows, flow, 'growthPerLayer'), { scale: 'log' }).estimate,
        parameters: measurement(bySeed(rows, { kind: 'run', activation }, 'parameters')).estimate,
        seeds: accuracy.seeds,
        diverged: select(rows, { kind: 'run', activation, status: 'diverged' }).length,
      };
    }),
    caption:
      'Each activation in numbers: means over the seeds whose run did not diverge (the growth over all); the accuracy with its 95 % interval; the growth of squared gradients a layer, towards the input, at initialisation.',
  };
}

function fatesTable(activations: readonly string[], hiddenLayers: number, rows: readonly Row[]): Table {
  const mean = (activation: string, layer: number, key: string) =>
    measurement(bySeed(rows, { kind: 'units', moment: 'end', activation, layer }, key)).estimate;
  const mortal = activations.filter(
    (activation) => select(rows, { kind: 'units', activation, hasZeroRegion: true }).length > 0,
  );
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'layer', label: 'Hidden layer', format: 'integer' },
      { key: 'units', label: 'Units', format: 'integer' },
      { key: 'bornDead', label: 'Born dead', format: 'fixed1' },
      { key: 'died', label: 'Died', format: 'fixed1' },
      { key: 'revived', label: 'Revived', format: 'fixed1' },
      { key: 'dead', label: 'Dead at the end', format: 'fixed1' },
      { key: 'alwaysOn', label: 'Always on', format: 'fixed1' },
    ],
    rows: mortal.flatMap((activation) =>
      Array.from({ length: hiddenLayers }, (_, i) => ({
        activation,
        layer: i + 1,
        ...Object.fromEntries(
          ['units', 'bornDead', 'died', 'revived', 'dead', 'alwaysOn'].map((key) => [
            key,
            mean(activation, i + 1, key),
          ]),
        ),
      })),
    ),
    caption: `What became of the units of activations that can die: units a layer, means over seeds. ${boundInWords(rows)}`,
  };
}

function costTable(activations: readonly string[], timings: readonly Row[]): Table {
  const reference = costReference(activations);
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'milliseconds', label: 'Milliseconds a step', format: 'fixed2' },
      { key: 'relative', label: `Relative to ${reference}`, format: 'fixed2' },
    ],
    rows: activations.map((activation) => {
      const seconds = bySeed(timings, { activation }, 'secondsPerStep', 'round');
      return {
        activation,
        milliseconds: 1000 * measurement(seconds, { scale: 'log' }).estimate,
        relative: measurement(relativeCost(activation, reference, timings), { scale: 'log' }).estimate,
      };
    }),
    caption: 'Time of a training step in one thread: geometric means over rounds.',
  };
}
