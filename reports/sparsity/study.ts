import { defineStudy } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import type { StartCondition } from './at-the-start.ts';
import { extremes } from './claim-setting.ts';
import { claimsOf } from './claims.ts';
import { gapFigure, purityFigure, skippingFigure, startFigure, trainingFigure, unitsFigure } from './figures.ts';
import type { SkippingCondition } from './skipping.ts';
import { timedClaims } from './skipping-pays.ts';
import { comparisonsTable, purityTable, startTable, trainedTable, workTable } from './tables.ts';
import { type TrainingCondition, top } from './training.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const lookAtTheStart = experiment<StartCondition>(here('./at-the-start.ts'), 'lookAtTheStart');
const trainOnFewDigits = experiment<TrainingCondition>(here('./training.ts'), 'trainOnFewDigits');
const timeSkipping = experiment<SkippingCondition>(here('./skipping.ts'), 'timeSkipping');

const count = (): z.ZodInt => z.int().min(1);

const parameters = z.object({
  hidden: z.array(count()).min(2).default([128, 128, 128]).describe('widths of the hidden layers'),
  shifts: z.array(z.number()).min(1).default([-1, -0.5, 0, 0.5, 1]).describe('biases, and β of batch norm'),
  startSeeds: z.int().min(2).default(30).describe('networks drawn for each of them'),
  startDigits: z.int().min(2).max(10_000).default(1_000).describe('test digits that they see, the first ones'),
  seeds: z.int().min(2).default(20).describe('networks trained for each condition, each on other digits'),
  trainingDigits: count().max(60_000).default(1_000).describe('training digits of each, drawn from all'),
  testDigits: count().max(10_000).default(5_000).describe('test digits, the first ones'),
  watchedDigits: z
    .int()
    .min(50)
    .max(10_000)
    .default(1_000)
    .describe('test digits on which zeros and units are watched'),
  epochs: count().default(20).describe('passes over the training digits'),
  batchSize: count().default(32).describe('digits in a training step'),
  learningRates: z
    .array(z.number().positive())
    .min(1)
    .default([0.01, 0.03])
    .describe('learning rates at the start; they fall to 0'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('momentum of stochastic gradient descent'),
  penalties: z
    .array(z.number().positive())
    .min(1)
    .default([0.001, 0.005])
    .describe('λ of the L1 penalty on activations'),
  productBatches: z.array(count()).min(1).default([1, 64]).describe('samples in the products that are timed'),
  productWidth: count().default(256).describe('units below and above them'),
  rounds: z.int().min(2).default(15).describe('rounds in which they are timed'),
});

/** Shares of zeros of the products that are timed. */
const zeroFractions = [0, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98];

/** How long each is repeated in a round. */
const milliseconds = 2;

export default defineStudy({
  id: 'sparsity',
  title: 'Sparse activation',
  summary:
    'Half of ReLU’s outputs are zero before anything is learnt. Why, whose half it is, what training and a penalty make of it; and whether it makes networks efficient, keeps them from overfitting, or helps to read them.',
  parameters,
  profiles: {
    full: {},
    quick: {
      shifts: [-1, 0, 1],
      startSeeds: 8,
      startDigits: 300,
      seeds: 4,
      trainingDigits: 500,
      testDigits: 2_000,
      watchedDigits: 400,
      epochs: 12,
      penalties: [0.005],
      rounds: 4,
    },
  },
  references: {
    glorot2011: {
      title: 'Deep sparse rectifier neural networks',
      authors: ['Glorot', 'Bordes', 'Bengio'],
      year: 2011,
      venue: 'AISTATS',
      url: 'https://proceedings.mlr.press/v15/glorot11a.html',
    },
    xu2015: {
      title: 'Empirical evaluation of rectified activations in convolutional network',
      authors: ['Xu', 'Wang', 'Chen', 'Li'],
      year: 2015,
      url: 'https://arxiv.org/abs/1505.00853',
    },
    holm1979: {
      title: 'A simple sequentially rejective multiple test procedure',
      authors: ['Holm'],
      year: 1979,
      venue: 'Scandinavian Journal of Statistics',
      url: 'https://www.jstor.org/stable/4615733',
    },
    cho2009: {
      title: 'Kernel methods for deep learning',
      authors: ['Cho', 'Saul'],
      year: 2009,
      venue: 'NIPS',
    },
  },
  run: async ({ parameters: chosen, sweep }) => {
    const { hidden, shifts, startSeeds, startDigits, seeds, learningRates, penalties } = chosen;
    const starts = (['bias', 'batch-norm'] as const).flatMap((way) =>
      [...new Set([0, ...shifts])].map((shift) => ({ way, shift, hidden, digits: startDigits })),
    );
    const ofStart = await sweep(lookAtTheStart, starts, {
      seeds: startSeeds,
      label: ({ way, shift }, seed) => `at the start: ${way} ${shift}, seed ${seed}`,
    });
    const { trainingDigits, testDigits, watchedDigits, epochs, batchSize, momentum } = chosen;
    const how = { hidden, trainingDigits, testDigits, watchedDigits, epochs, batchSize, momentum };
    const networks = [
      ...(['relu', 'leaky-relu', 'tanh'] as const).map((activation) => ({ activation, penalty: 0 })),
      ...penalties.map((penalty) => ({ activation: 'relu' as const, penalty })),
    ];
    const trained = networks.flatMap((network) =>
      learningRates.map((learningRate) => ({ ...network, learningRate, ...how })),
    );
    const ofTraining = await sweep(trainOnFewDigits, trained, {
      seeds,
      label: ({ activation, penalty, learningRate }, seed) =>
        `training: ${activation}, λ ${penalty}, rate ${learningRate}, seed ${seed}`,
    });
    // Last, and alone: what runs beside it would be part of what it measures.
    const { productBatches: batches, productWidth: width, rounds } = chosen;
    const product = { batches, width, zeroFractions, rounds, milliseconds };
    const { timings } = await sweep(timeSkipping, [product], { seeds: 1, label: () => 'time of products' });
    return { rows: [...ofStart.rows, ...ofTraining.rows], timings };
  },
  claims: ({ result: { rows }, parameters: chosen }) => claimsOf(rows, chosen),
  figures: ({ result: { rows }, parameters: chosen }) => {
    const { slow, fast, penalty } = extremes(chosen);
    const curves = [
      { learningRate: slow, penalty: 0 },
      { learningRate: fast, penalty: 0 },
      { learningRate: slow, penalty },
      { learningRate: fast, penalty },
    ];
    return {
      'fig-start': () => startFigure(rows),
      'fig-units': () => unitsFigure(rows),
      'fig-training': () => trainingFigure(rows, slow === fast ? [curves[0], curves[2]] : curves),
      'fig-gap': () => gapFigure(rows, penalty),
      'fig-purity': () => purityFigure(rows, penalty, top),
    };
  },
  tables: ({ result: { rows }, parameters: chosen }) => ({
    'tbl-start': () => startTable(rows),
    'tbl-trained': () => trainedTable(rows),
    'tbl-work': () => workTable(rows),
    'tbl-comparisons': () => comparisonsTable(rows, extremes(chosen).penalty),
    'tbl-purity': () => purityTable(rows, extremes(chosen).penalty),
  }),
  timings: ({ result: { rows, timings } }) => ({
    claims: timedClaims(rows, timings),
    figures: { 'fig-skipping': () => skippingFigure(timings) },
  }),
  prose: new URL('./study.md', import.meta.url),
});
