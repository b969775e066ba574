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
import { claimsOf, patience, typical } from './claims.ts';
import { deep, edgeFactors, edgeOf, mapBiasVariance, middle, patientDepth, shallow } from './design.ts';
import {
  comparisonsTable,
  edgesTable,
  finiteWidthFigure,
  growthTable,
  offEdgeFigure,
  phasesFigure,
  scalesTable,
  sensitivityFigure,
  trainableFigure,
} from './figures.ts';

const count = (): z.ZodInt => z.int().min(1);

const parameters = z.object({
  seeds: z.int().min(2).default(10).describe('networks of each condition'),
  width: count().default(128).describe('units in each hidden layer'),
  digits: count().max(60_000).default(1000).describe('training digits, the first ones'),
  epochs: count().default(8).describe('passes over them'),
  learningRates: z
    .array(z.number().positive())
    .min(1)
    .default([0.005, 0.02, 0.08])
    .describe('learning rates, of which each network is judged by its best'),
  mapDepths: z
    .array(z.int().min(2))
    .min(2)
    .default([4, 8, 16, 32, 64])
    .describe('depths of the map, each twice the last'),
  mapWidth: count().default(64).describe('units in each hidden layer of the networks whose weight variance is varied'),
  mapDigits: count().max(60_000).default(1000).describe('training digits of these networks'),
  mapEpochs: count().default(12).describe('passes over them'),
  spreadWidths: z.array(count()).min(1).default([8, 16, 32, 64]).describe('widths of networks that are only drawn'),
  spreadDepths: z.array(z.int().min(2)).min(2).default([2, 4, 8, 16, 24]).describe('their depths'),
  spreadNetworks: count().default(300).describe('networks drawn of each width, depth and seed'),
});

/** ReLU under every rule, tanh under its own, and those that look like ReLU under ReLU’s. */
const rules = [
  { activation: 'relu', initializer: 'he-normal' },
  { activation: 'relu', initializer: 'xavier-normal' },
  { activation: 'relu', initializer: 'pytorch-default' },
  { activation: 'tanh', initializer: 'xavier-normal' },
  { activation: 'gelu', initializer: 'he-normal' },
  { activation: 'silu', initializer: 'he-normal' },
] as const;
const batchSize = 32;
const mapLearningRate = 0.02;

export default defineStudy({
  id: 'initialisation',
  title: 'Sensitivity to initialisation',
  summary:
    'How much initialisation decides, how deep a network must be for that, what theory says of it, and for whom He’s rule is wrong.',
  parameters,
  profiles: {
    full: {},
    quick: {
      width: 64,
      digits: 400,
      epochs: 8,
      learningRates: [0.02],
      mapDepths: [4, 8, 16, 32],
      mapWidth: 32,
      mapDigits: 400,
      mapEpochs: 8,
      spreadNetworks: 40,
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
    const initial: Row[] = [];
    const longer: Row[] = [];
    for (const learningRate of p.learningRates) {
      const { rows } = await sweep(initSensitivityExperiment, initialConditions(p, learningRate), {
        seeds: p.seeds,
        label: ({ activation, initializer, depth }) => `${activation}, ${initializer}, ${depth} layers`,
      });
      initial.push(...rows.map((row) => ({ ...row, learningRate })));
      const slow = await sweep(initSensitivityExperiment, [patientXavier(p, learningRate)], {
        seeds: p.seeds,
        label: ({ depth }) => `relu, xavier-normal, ${depth} layers, with patience`,
      });
      longer.push(...slow.rows.map((row) => ({ ...row, learningRate })));
    }
    const varied = async (kind: string, conditions: readonly TrainableDepthParameters[]): Promise<readonly Row[]> => {
      const { rows } = await sweep(trainableDepthExperiment, conditions, {
        seeds: p.seeds,
        label: ({ activation, weightVariance, depth }) =>
          `${activation} at ${weightVariance.toFixed(2)}, ${depth} layers`,
      });
      return named(kind, rows);
    };
    const trained = {
      width: p.mapWidth,
      data: { name: 'mnist' as const, samples: p.mapDigits },
      epochs: p.mapEpochs,
      batchSize,
      learningRate: mapLearningRate,
    };
    const edge = edgeOf('tanh', mapBiasVariance);
    const tanhNetworks = (factor: number, depth: number): TrainableDepthParameters => ({
      ...trained,
      activation: 'tanh',
      weightVariance: factor * edge,
      biasVariance: mapBiasVariance,
      depth,
    });
    const map = await varied(
      'map',
      edgeFactors.flatMap((factor) => p.mapDepths.map((depth) => tanhNetworks(factor, depth))),
    );
    const patient = await varied('patient', [{ ...tanhNetworks(1, patientDepth), epochs: patience * p.mapEpochs }]);
    const offEdge: Row[] = [];
    for (const factor of edgeFactors) {
      const conditions = (['relu', 'tanh'] as const).map((activation) => ({
        ...trained,
        activation,
        weightVariance: factor * edgeOf(activation, 0),
        depth: deep,
      }));
      offEdge.push(...(await varied('off-edge', conditions)).map((row) => ({ ...row, factor })));
    }
    const spread: readonly FiniteWidthParameters[] = [
      ...p.spreadWidths.flatMap((width) => p.spreadDepths.map((depth) => ({ width, depth }))),
      typical,
    ]
      .filter(
        (shape, i, all) => all.findIndex((other) => other.width === shape.width && other.depth === shape.depth) === i,
      )
      .map((shape) => ({ ...shape, networks: p.spreadNetworks }));
    const ofSpread = await sweep(finiteWidthExperiment, spread, {
      seeds: p.seeds,
      label: ({ width, depth }) => `spread, ${width} × ${depth}`,
    });
    return [
      ...bestOfRates(named('initial', initial)),
      ...bestOfRates(named('longer', longer)),
      ...map,
      ...patient,
      ...offEdge,
      ...named('finite-width', ofSpread.rows),
    ];
  },
  claims: ({ result }) => claimsOf(result),
  figures: ({ result, parameters: p }) => ({
    'fig-sensitivity': () => sensitivityFigure(result),
    'fig-off-edge': () => offEdgeFigure(result),
    'fig-phases': () => phasesFigure(p.width),
    'fig-trainable': () => trainableFigure(result),
    'fig-finite-width': () => finiteWidthFigure(result),
  }),
  tables: ({ result }) => ({
    'tbl-scales': () => scalesTable(),
    'tbl-comparisons': () => comparisonsTable(result),
    'tbl-growth': () => growthTable(result, deep, rules),
    'tbl-edges': () => edgesTable(['relu', 'leaky-relu', 'tanh', 'elu', 'selu', 'gelu', 'silu', 'mish']),
  }),
  prose: new URL('./study.md', import.meta.url),
});

/** Rows of experiments of the analysis package, told apart. */
function named(kind: string, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, kind }));
}

/** Of the runs of one network at several learning rates, the one that ends with the least loss: no rule is blamed for a rate that does not suit it. */
function bestOfRates(rows: readonly Row[]): readonly Row[] {
  const best = new Map<string, Row>();
  for (const row of rows) {
    const key = [row.activation, row.initializer, row.depth, row.seed].join(' ');
    const before = best.get(key);
    if (before === undefined || lossOf(row) < lossOf(before)) best.set(key, row);
  }
  return [...best.values()];
}

/** Infinite where the run diverged. */
function lossOf({ lossEnd }: Row): number {
  return lossEnd === null ? Infinity : Number(lossEnd);
}

interface Training {
  readonly width: number;
  readonly digits: number;
  readonly epochs: number;
}

function initialConditions(training: Training, learningRate: number): readonly InitSensitivityParameters[] {
  return rules.flatMap((rule) =>
    [shallow, middle, deep].map((depth) => ({ ...rule, depth, ...howTrained(training, learningRate) })),
  );
}

/** The deep ReLU network from Xavier's weights, in more time. */
function patientXavier({ epochs, ...training }: Training, learningRate: number): InitSensitivityParameters {
  const how = howTrained({ ...training, epochs: patience * epochs }, learningRate);
  return { activation: 'relu', initializer: 'xavier-normal', depth: deep, ...how };
}

function howTrained({ width, digits, epochs }: Training, learningRate: number) {
  return { width, data: { name: 'mnist' as const, samples: digits }, epochs, batchSize, learningRate };
}
