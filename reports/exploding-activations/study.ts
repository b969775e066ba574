import { defineStudy } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import { claimsOf } from './claims.ts';
import { growthConditions, tooLarge } from './conditions.ts';
import {
  activationsFigure,
  batchNormTable,
  batchesFigure,
  normFigure,
  residualFigure,
  scaleFigure,
  trainedFigure,
} from './figures.ts';
import type { GrowthCondition } from './growth.ts';
import type { TrainingCondition } from './training.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const measureGrowth = experiment<GrowthCondition>(here('./growth.ts'), 'measureGrowth');
const trainNormalised = experiment<TrainingCondition>(here('./training.ts'), 'trainNormalised');

const count = (): z.ZodInt => z.int().min(1);

const parameters = z.object({
  weightVariances: z
    .array(z.number().positive())
    .min(1)
    .default([1, 1.5, 2, 2.5, 3, 4])
    .describe('σ_w² of the networks whose signals are followed'),
  depth: count().min(4).default(30).describe('weight layers of networks at initialisation'),
  blocks: count().min(4).default(20).describe('residual blocks'),
  width: count().min(2).default(128).describe('units of each of their layers'),
  samples: count().min(2).default(128).describe('normal inputs that are passed, in one batch'),
  batches: z.array(count().min(4)).min(2).default([4, 8, 16, 32, 64, 128, 256]).describe('sizes of batches compared'),
  wider: count()
    .min(2)
    .default(4)
    .describe('how many times as wide the widest networks under batch norm are, and as large their batch'),
  seeds: count().default(20).describe('networks drawn for each condition'),
  trainedDepth: count().min(3).default(20).describe('weight layers of the networks that are trained'),
  trainedWidth: count().default(64).describe('units of their hidden layers'),
  trainedSeeds: count().default(10).describe('networks trained for each condition'),
  trainingDigits: count().max(60_000).default(6_000).describe('training digits, the first ones'),
  testDigits: count().max(10_000).default(2_000).describe('test digits, the first ones'),
  epochs: count().default(3).describe('passes over the training digits'),
  batchSize: count().default(32).describe('digits in a training step'),
  learningRates: z
    .array(z.number().positive())
    .min(1)
    .default([0.003, 0.01, 0.03])
    .describe('learning rates that each network tries, at the start; they fall to 0'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('momentum of stochastic gradient descent'),
});

export default defineStudy({
  id: 'exploding-activations',
  title: 'Do unbounded outputs explode?',
  summary:
    'ReLU’s outputs are unbounded, and it is said that activations therefore explode in deep networks unless normalisation manages them. What explodes, why, and what normalisation does about it, forward and backward.',
  parameters,
  profiles: {
    full: {},
    quick: {
      weightVariances: [1, 2, 3, 4],
      width: 96,
      samples: 96,
      batches: [4, 16, 64],
      wider: 3,
      seeds: 5,
      trainedSeeds: 3,
      trainingDigits: 2_000,
      testDigits: 500,
      learningRates: [0.003, 0.01],
    },
  },
  references: {
    he2015: {
      title: 'Delving deep into rectifiers: surpassing human-level performance on ImageNet classification',
      authors: ['He', 'Zhang', 'Ren', 'Sun'],
      year: 2015,
      url: 'https://arxiv.org/abs/1502.01852',
    },
    ioffe2015: {
      title: 'Batch normalization: accelerating deep network training by reducing internal covariate shift',
      authors: ['Ioffe', 'Szegedy'],
      year: 2015,
      url: 'https://arxiv.org/abs/1502.03167',
    },
    ba2016: {
      title: 'Layer normalization',
      authors: ['Ba', 'Kiros', 'Hinton'],
      year: 2016,
      url: 'https://arxiv.org/abs/1607.06450',
    },
    yang2019: {
      title: 'A mean field theory of batch normalization',
      authors: ['Yang', 'Pennington', 'Rao', 'Sohl-Dickstein', 'Schoenholz'],
      year: 2019,
      url: 'https://arxiv.org/abs/1902.08129',
    },
    zhang2019: {
      title: 'Fixup initialization: residual learning without normalization',
      authors: ['Zhang', 'Dauphin', 'Ma'],
      year: 2019,
      url: 'https://arxiv.org/abs/1901.09321',
    },
  },
  run: async ({ parameters: chosen, sweep }) => {
    const ofGrowth = await sweep(measureGrowth, growthConditions(chosen), {
      seeds: chosen.seeds,
      label: ({ study, activation, normalization }, seed) => `${study}: ${activation}, ${normalization}, seed ${seed}`,
    });
    const { trainedDepth, trainedWidth, trainingDigits, testDigits, epochs, batchSize, learningRates, momentum } =
      chosen;
    const how = { trainingDigits, testDigits, epochs, batchSize, momentum };
    const conditions = [2, tooLarge].flatMap((weightVariance) =>
      (['none', 'batch', 'layer'] as const).flatMap((normalization) =>
        learningRates.map((learningRate) => ({
          ...how,
          weightVariance,
          normalization,
          learningRate,
          depth: trainedDepth,
          width: trainedWidth,
        })),
      ),
    );
    const ofTraining = await sweep(trainNormalised, conditions, {
      seeds: chosen.trainedSeeds,
      label: ({ weightVariance, normalization, learningRate }, seed) =>
        `training: σ_w² ${weightVariance}, ${normalization}, rate ${learningRate}, seed ${seed}`,
    });
    return [...ofGrowth.rows, ...ofTraining.rows];
  },
  claims: ({ result, parameters: { depth, trainedDepth } }) => claimsOf(result, { depth, trainedDepth }),
  figures: ({ result, parameters: { trainedDepth } }) => ({
    'fig-scale': () => scaleFigure(result),
    'fig-activations': () => activationsFigure(result),
    'fig-residual': () => residualFigure(result),
    'fig-norm-forward': () => normFigure(result, 'forward'),
    'fig-norm-backward': () => normFigure(result, 'backward'),
    'fig-batches': () => batchesFigure(result),
    'fig-trained': () => trainedFigure(result, trainedDepth),
  }),
  tables: ({ result }) => ({ 'tbl-batch-norm': () => batchNormTable(result) }),
  prose: new URL('./study.md', import.meta.url),
});
