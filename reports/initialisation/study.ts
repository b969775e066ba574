import {
  type FiniteWidthParameters,
  type InitSensitivityParameters,
  type TrainableDepthParameters,
  finiteWidthExperiment,
  initSensitivityExperiment,
  trainableDepthExperiment,
} from '@relu-lab/analysis';
import { defineStudy } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { z } from 'zod';
import { claimsOf, typical } from './claims.ts';
import {
  edgesTable,
  finiteWidthFigure,
  growthTable,
  phasesFigure,
  sensitivityFigure,
  trainableFigure,
} from './figures.ts';

const count = (): z.ZodInt => z.int().min(1);
const depth = (): z.ZodInt => z.int().min(3);

const parameters = z.object({
  seeds: z.int().min(2).default(10).describe('networks of each condition'),
  shallow: depth().default(4).describe('weight layers of the shallow networks'),
  deep: depth().default(20).describe('weight layers of the deep networks'),
  width: count().default(128).describe('units in each hidden layer'),
  digits: count().max(60_000).default(2000).describe('training digits, the first ones'),
  epochs: count().default(8).describe('passes over them'),
  mapVariances: z
    .array(z.number().positive())
    .min(2)
    .default([0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.4, 2.8, 3.2])
    .describe('weight variances of the map of trainable depth'),
  mapDepths: z.array(z.int().min(2)).min(2).default([4, 8, 14, 20, 30, 40, 60]).describe('its depths'),
  mapSeeds: z.int().min(2).default(3).describe('networks of each of its cells'),
  mapWidth: count().default(64).describe('units in each of their hidden layers'),
  mapDigits: count().max(60_000).default(1000).describe('training digits of these networks'),
  mapEpochs: count().default(8).describe('passes over them'),
  spreadWidths: z.array(count()).min(1).default([8, 16, 32, 64]).describe('widths of networks that are only drawn'),
  spreadDepths: z.array(z.int().min(2)).min(2).default([2, 4, 8, 16, 24]).describe('their depths'),
  spreadNetworks: count().default(300).describe('networks drawn of each width, depth and seed'),
});

const activations = ['relu', 'tanh', 'gelu', 'silu'] as const;
const initializers = ['he-normal', 'xavier-normal', 'pytorch-default'] as const;
const batchSize = 32;
const learningRate = 0.02;
const mapBiasVariance = 0.05;

export default defineStudy({
  id: 'initialisation',
  title: 'Sensitivity to initialisation',
  summary:
    'How much initialisation decides, how deep a network must be for that, what theory says of it, and for whom He’s rule is wrong.',
  parameters,
  profiles: {
    full: {},
    quick: {
      seeds: 3,
      width: 64,
      digits: 500,
      epochs: 6,
      deep: 14,
      mapVariances: [0.6, 1, 1.4, 1.8, 2.4, 3.2],
      mapDepths: [4, 10, 20],
      mapSeeds: 2,
      mapWidth: 32,
      mapDigits: 400,
      mapEpochs: 6,
      spreadNetworks: 200,
      spreadDepths: [2, 4, 8, 16],
    },
  },
  references: {
    he2015: {
      title: 'Delving deep into rectifiers: surpassing human-level performance on ImageNet classification',
      authors: ['He', 'Zhang', 'Ren', 'Sun'],
      year: 2015,
      venue: 'ICCV',
      url: 'https://arxiv.org/abs/1502.01852',
    },
    glorot2010: {
      title: 'Understanding the difficulty of training deep feedforward neural networks',
      authors: ['Glorot', 'Bengio'],
      year: 2010,
      venue: 'AISTATS',
      url: 'https://proceedings.mlr.press/v9/glorot10a.html',
    },
    schoenholz2017: {
      title: 'Deep information propagation',
      authors: ['Schoenholz', 'Gilmer', 'Ganguli', 'Sohl-Dickstein'],
      year: 2017,
      venue: 'ICLR',
      url: 'https://arxiv.org/abs/1611.01232',
    },
    hanin2018: {
      title: 'How to start training: the effect of initialization and architecture',
      authors: ['Hanin', 'Rolnick'],
      year: 2018,
      venue: 'NeurIPS',
      url: 'https://arxiv.org/abs/1803.01719',
    },
  },
  run: async ({ parameters: p, sweep }) => {
    const initial: readonly InitSensitivityParameters[] = activations.flatMap((activation) =>
      initializers.flatMap((initializer) =>
        [p.shallow, Math.round((p.shallow + p.deep) / 2), p.deep].map((layers) => ({
          activation,
          initializer,
          depth: layers,
          width: p.width,
          data: { name: 'mnist' as const, samples: p.digits },
          epochs: p.epochs,
          batchSize,
          learningRate,
        })),
      ),
    );
    const map: readonly TrainableDepthParameters[] = p.mapVariances.flatMap((weightVariance) =>
      p.mapDepths.map((layers) => ({
        activation: 'tanh',
        weightVariance,
        biasVariance: mapBiasVariance,
        depth: layers,
        width: p.mapWidth,
        data: { name: 'mnist' as const, samples: p.mapDigits },
        epochs: p.mapEpochs,
        batchSize,
        learningRate,
      })),
    );
    const spread: readonly FiniteWidthParameters[] = [
      ...p.spreadWidths.flatMap((width) => p.spreadDepths.map((layers) => ({ width, depth: layers }))),
      typical,
    ]
      .filter(
        (shape, i, all) => all.findIndex((other) => other.width === shape.width && other.depth === shape.depth) === i,
      )
      .map((shape) => ({ ...shape, networks: p.spreadNetworks }));
    const ofInitial = await sweep(initSensitivityExperiment, initial, {
      seeds: p.seeds,
      label: ({ activation, initializer, depth: layers }) => `${activation}, ${initializer}, ${layers} layers`,
    });
    const ofMap = await sweep(trainableDepthExperiment, map, {
      seeds: p.mapSeeds,
      label: ({ weightVariance, depth: layers }) => `tanh at ${weightVariance}, ${layers} layers`,
    });
    const ofSpread = await sweep(finiteWidthExperiment, spread, {
      seeds: p.seeds,
      label: ({ width, depth: layers }) => `spread, ${width} × ${layers}`,
    });
    return [...named('initial', ofInitial.rows), ...named('map', ofMap.rows), ...named('finite-width', ofSpread.rows)];
  },
  claims: ({ result, parameters: p }) => claimsOf(result, p),
  figures: ({ result, parameters: p }) => ({
    'fig-sensitivity': () => sensitivityFigure(result),
    'fig-phases': () => phasesFigure(p.width),
    'fig-trainable': () => trainableFigure(result),
    'fig-finite-width': () => finiteWidthFigure(result),
  }),
  tables: ({ result, parameters: p }) => ({
    'tbl-growth': () => growthTable(result, p.deep, activations, initializers),
    'tbl-edges': () => edgesTable(['relu', 'leaky-relu', 'tanh', 'elu', 'selu', 'gelu', 'silu', 'mish']),
  }),
  prose: new URL('./study.md', import.meta.url),
});

/** Rows of experiments of the analysis package, told apart. */
function named(kind: string, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, kind }));
}
