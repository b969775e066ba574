import { gradientFlow } from '@relu-lab/analysis';
import { activationNames, takeRows } from '@relu-lab/core';
import { crossEntropy } from '@relu-lab/nn';
import { defineStudy, figureOf } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import type { StartCondition } from './at-the-start.ts';
import { claimsOf } from './claims.ts';
import { allDigits, drawn, initializers } from './deep-network.ts';
import { depthFigure, flowFigure, growthTable, saturationFigure, theoryFigure, trainedFigure } from './figures.ts';
import type { TrainingCondition } from './training.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const measureStart = experiment<StartCondition>(here('./at-the-start.ts'), 'measureStart');
const trainDeep = experiment<TrainingCondition>(here('./training.ts'), 'trainDeep');

const count = (): z.ZodInt => z.int().min(1);
const rate = (): z.ZodNumber => z.number().positive();

const parameters = z.object({
  activations: z
    .array(z.enum(activationNames))
    .min(1)
    .default(['relu', 'leaky-relu', 'elu', 'selu', 'tanh', 'sigmoid'])
    .describe('activations to compare'),
  depth: count().min(4).default(30).describe('weight layers of the deep networks'),
  width: count().default(128).describe('units of a hidden layer, where gradients are measured'),
  gradientDigits: count().max(60_000).default(256).describe('training digits over which they are measured'),
  seeds: count().default(10).describe('networks whose gradients are measured'),
  trainedWidth: count().default(64).describe('units of a hidden layer, where networks are trained'),
  otherDepths: z.array(count().min(2)).default([3, 5, 10, 20, 50]).describe('depths at which some are trained as well'),
  trainedSeeds: count().default(5).describe('networks trained for each activation and rule'),
  trainingDigits: count().max(60_000).default(8_000).describe('training digits, the first ones'),
  testDigits: count().max(10_000).default(2_000).describe('test digits, the first ones'),
  epochs: count().default(4).describe('passes over the training digits'),
  learningRates: z.array(rate()).min(1).default([0.003, 0.01]).describe('learning rates that each network tries'),
  sigmoidRates: z
    .array(rate())
    .min(1)
    .default([0.01, 0.1, 0.3])
    .describe('those that sigmoid tries, whose gradients are so much smaller'),
  batchSize: count().default(32).describe('digits in a training step'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('momentum of stochastic gradient descent'),
  saturatedWidth: count().default(128).describe('units of the networks whose saturation is looked at'),
  saturatedDepth: count().min(4).default(5).describe('weight layers of them'),
  saturatedDigits: count().max(60_000).default(5_000).describe('training digits that they learn'),
  saturatedEpochs: count().default(4).describe('passes over these'),
  saturatedRates: z
    .object({ tanh: rate().default(0.01), sigmoid: rate().default(0.3) })
    .prefault({})
    .describe('their learning rates'),
});

/** Networks that are trained at every depth. */
const byDepth = [
  ['relu', 'he-normal'],
  ['relu', 'xavier-normal'],
  ['tanh', 'xavier-normal'],
  ['sigmoid', 'xavier-normal'],
] as const;

export default defineStudy({
  id: 'gradient-flow',
  title: 'How gradients flow through thirty layers',
  summary:
    'ReLU is said to preserve gradients, to keep them from vanishing, and so to make deep networks trainable, unlike sigmoid and tanh. It takes the right weights, and tanh does not belong in the sentence.',
  parameters,
  profiles: {
    full: {},
    quick: {
      width: 96,
      gradientDigits: 64,
      seeds: 5,
      otherDepths: [3, 10],
      trainedSeeds: 3,
      trainingDigits: 3_000,
      testDigits: 1_000,
      epochs: 3,
      learningRates: [0.01],
      sigmoidRates: [0.1],
      saturatedWidth: 64,
      saturatedDigits: 3_000,
      saturatedEpochs: 3,
    },
  },
  references: {
    glorot2010: {
      title: 'Understanding the difficulty of training deep feedforward neural networks',
      authors: ['Glorot', 'Bengio'],
      year: 2010,
      venue: 'AISTATS',
      url: 'https://proceedings.mlr.press/v9/glorot10a.html',
    },
    he2015: {
      title: 'Delving deep into rectifiers: surpassing human-level performance on ImageNet classification',
      authors: ['He', 'Zhang', 'Ren', 'Sun'],
      year: 2015,
      url: 'https://arxiv.org/abs/1502.01852',
    },
    schoenholz2017: {
      title: 'Deep information propagation',
      authors: ['Schoenholz', 'Gilmer', 'Ganguli', 'Sohl-Dickstein'],
      year: 2017,
      url: 'https://arxiv.org/abs/1611.01232',
    },
    klambauer2017: {
      title: 'Self-normalizing neural networks',
      authors: ['Klambauer', 'Unterthiner', 'Mayr', 'Hochreiter'],
      year: 2017,
      url: 'https://arxiv.org/abs/1706.02515',
    },
    hanin2018: {
      title: 'Which neural net architectures give rise to exploding and vanishing gradients?',
      authors: ['Hanin'],
      year: 2018,
      url: 'https://arxiv.org/abs/1801.03744',
    },
  },
  run: async ({ parameters: chosen, seed, sweep }) => {
    const { activations, depth, width, gradientDigits } = chosen;
    const rules = Object.keys(initializers) as (keyof typeof initializers)[];
    const nets = activations.flatMap((activation) => rules.map((initializer) => ({ activation, initializer, depth })));
    const atStart = await sweep(
      measureStart,
      nets.map((net) => ({ ...net, width, gradientDigits })),
      { seeds: chosen.seeds, label: ({ activation, initializer }) => `${activation}, ${initializer}` },
    );
    const { trainingDigits, testDigits, epochs, batchSize, momentum } = chosen;
    const shallower = byDepth.flatMap(([activation, initializer]) =>
      activations.includes(activation)
        ? chosen.otherDepths.map((other) => ({ activation, initializer, depth: other }))
        : [],
    );
    const how = {
      width: chosen.trainedWidth,
      trainingDigits,
      testDigits,
      epochs,
      batchSize,
      momentum,
      saturation: false,
    };
    const conditions: readonly TrainingCondition[] = [...nets, ...shallower].flatMap((net) =>
      (net.activation === 'sigmoid' ? chosen.sigmoidRates : chosen.learningRates).map((learningRate) => ({
        ...net,
        ...how,
        learningRate,
      })),
    );
    const saturated = (['tanh', 'sigmoid'] as const).flatMap((activation) =>
      (['pytorch-default', 'xavier-uniform'] as const).map((initializer): TrainingCondition => ({
        ...how,
        activation,
        initializer,
        depth: chosen.saturatedDepth,
        width: chosen.saturatedWidth,
        trainingDigits: chosen.saturatedDigits,
        epochs: chosen.saturatedEpochs,
        learningRate: chosen.saturatedRates[activation],
        saturation: true,
      })),
    );
    const trained = await sweep(trainDeep, [...conditions, ...saturated], {
      seeds: chosen.trainedSeeds,
      label: ({ activation, initializer, depth: layers }, run) =>
        `${layers} layers of ${activation}, ${initializer}, seed ${run}`,
    });
    const { train } = await allDigits();
    const one = drawn({ activation: 'relu', initializer: 'he-normal', depth, width }, 1000 * seed);
    const example = gradientFlow(one, { ...takeRows(train, gradientDigits), loss: crossEntropy() });
    return { rows: [...atStart.rows, ...trained.rows], example };
  },
  claims: ({ result: { rows }, parameters: { depth } }) => claimsOf(rows, depth),
  figures: ({ result: { rows, example }, parameters: { depth } }) => ({
    'fig-flow-xavier': () => flowFigure(rows, 'xavier-normal'),
    'fig-flow-he': () => flowFigure(rows, 'he-normal'),
    'fig-signals': () => flowFigure(rows, 'xavier-normal', 'signal'),
    'fig-signals-lecun': () => flowFigure(rows, 'lecun-normal', 'signal'),
    'fig-theory': () => theoryFigure(rows),
    'fig-one-network': () => figureOf(example),
    'fig-trained': () => trainedFigure(rows, depth),
    'fig-depth': () => depthFigure(rows, byDepth),
    'fig-saturation': () => saturationFigure(rows),
  }),
  tables: ({ result: { rows } }) => ({ 'tbl-growth': () => growthTable(rows) }),
  prose: new URL('./study.md', import.meta.url),
});
