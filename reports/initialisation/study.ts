import {
  type FiniteWidthParameters,
  type TrainableDepthParameters,
  finiteWidthExperiment,
  initSensitivityExperiment,
  trainableDepthExperiment,
} from '@relu-lab/analysis';
import { defineStudy } from '@relu-lab/report';
import { type Row, experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import { claimsOf } from './claims.ts';
import { deep, edgeFactors, edgeOf, mapBiasVariance, patience, patientDepth, phaseFactors } from './design.ts';
import {
  comparisonsTable,
  edgesTable,
  finiteWidthFigure,
  gradientSpreadFigure,
  growthTable,
  offEdgeFigure,
  patienceTable,
  phasesFigure,
  scalesTable,
  sensitivityFigure,
  trainableFigure,
} from './figures.ts';
import { typical } from './finite-width-claims.ts';
import type { GradientSpreadCondition } from './gradient-spread.ts';
import { followedFigure } from './phase-figures.ts';
import type { PhaseCondition } from './phases.ts';
import { batchSize, initialConditions, rules, timedConditions } from './rules.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const measureGradientSpread = experiment<GradientSpreadCondition>(
  here('./gradient-spread.ts'),
  'measureGradientSpread',
);
const followTwoInputs = experiment<PhaseCondition>(here('./phases.ts'), 'followTwoInputs');

const count = (): z.ZodInt => z.int().min(1);

const parameters = z.object({
  seeds: z.int().min(2).default(10).describe('networks of each condition'),
  width: count().default(128).describe('units in each hidden layer'),
  digits: count().max(60_000).default(1000).describe('training digits, the first ones'),
  epochs: count().default(8).describe('passes over them'),
  briefEpochs: count()
    .default(2)
    .describe('passes of the deepest of these networks in a brief time; the long one is four times that'),
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
  gradientWidths: z
    .array(count())
    .min(1)
    .default([8, 16, 32])
    .describe('widths of those through which a gradient is sent'),
  phaseWidth: count().default(256).describe('units of the tanh networks through which two inputs are followed'),
  phaseDepth: count().default(30).describe('their layers'),
});

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
      briefEpochs: 8,
      learningRates: [0.02],
      mapDepths: [4, 8, 16, 32],
      mapWidth: 32,
      mapDigits: 400,
      mapEpochs: 8,
      spreadNetworks: 40,
      spreadDepths: [2, 4, 8, 16],
      phaseWidth: 96,
      phaseDepth: 20,
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
    poole2016: {
      title: 'Exponential expressivity in deep neural networks through transient chaos',
      authors: ['Poole', 'Lahiri', 'Raghu', 'Sohl-Dickstein', 'Ganguli'],
      year: 2016,
      venue: 'NeurIPS',
      url: 'https://arxiv.org/abs/1606.05340',
    },
    hanin2018: {
      title: 'Which neural net architectures give rise to exploding and vanishing gradients?',
      authors: ['Hanin'],
      year: 2018,
      venue: 'NeurIPS',
      url: 'https://arxiv.org/abs/1801.03744',
    },
    hanin2018start: {
      title: 'How to start training: the effect of initialization and architecture',
      authors: ['Hanin', 'Rolnick'],
      year: 2018,
      venue: 'NeurIPS',
      url: 'https://arxiv.org/abs/1803.01719',
    },
  },
  run: async ({ parameters: p, sweep }) => {
    const initial: Row[] = [];
    const timed: Row[] = [];
    for (const learningRate of p.learningRates) {
      const { rows } = await sweep(initSensitivityExperiment, initialConditions(p, learningRate), {
        seeds: p.seeds,
        label: ({ activation, initializer, depth }) => `${activation}, ${initializer}, ${depth} layers`,
      });
      initial.push(...rows.map((row) => ({ ...row, learningRate })));
      for (const [kind, conditions] of Object.entries(timedConditions(p, learningRate))) {
        const { rows: ofTime } = await sweep(initSensitivityExperiment, conditions, {
          seeds: p.seeds,
          label: ({ initializer, depth, epochs }) => `relu, ${initializer}, ${depth} layers, ${epochs} passes`,
        });
        timed.push(...named(kind, ofTime).map((row) => ({ ...row, learningRate })));
      }
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
    const gradients = await sweep(
      measureGradientSpread,
      p.gradientWidths.flatMap((width) =>
        p.spreadDepths.map((depth) => ({ width, depth, networks: p.spreadNetworks })),
      ),
      { seeds: p.seeds, label: ({ width, depth }) => `gradients, ${width} × ${depth}` },
    );
    const followed = await sweep(
      followTwoInputs,
      Object.values(phaseFactors).map((factor) => ({
        weightVariance: factor * edge,
        biasVariance: mapBiasVariance,
        width: p.phaseWidth,
        depth: p.phaseDepth,
      })),
      { seeds: p.seeds, label: ({ weightVariance }) => `two inputs at ${weightVariance.toFixed(2)}` },
    );
    return [
      ...bestOfRates(named('initial', initial)),
      ...bestOfRates(timed),
      ...map,
      ...patient,
      ...offEdge,
      ...named('finite-width', ofSpread.rows),
      ...gradients.rows,
      ...followed.rows,
    ];
  },
  claims: ({ result, parameters }) => claimsOf(result, parameters),
  figures: ({ result, parameters: p }) => ({
    'fig-sensitivity': () => sensitivityFigure(result),
    'fig-off-edge': () => offEdgeFigure(result),
    'fig-phases': () => phasesFigure(p.width),
    'fig-trainable': () => trainableFigure(result),
    'fig-finite-width': () => finiteWidthFigure(result),
    'fig-gradient-spread': () => gradientSpreadFigure(result),
    'fig-lengths': () => followedFigure(result, 'q'),
    'fig-correlations': () => followedFigure(result, 'correlation'),
  }),
  tables: ({ result, parameters: p }) => ({
    'tbl-scales': () => scalesTable(),
    'tbl-comparisons': () => comparisonsTable(result),
    'tbl-patience': () => patienceTable(result, p.briefEpochs),
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
    const key = [row.kind, row.activation, row.initializer, row.depth, row.seed].join(' ');
    const before = best.get(key);
    if (before === undefined || lossOf(row) < lossOf(before)) best.set(key, row);
  }
  return [...best.values()];
}

/** Infinite where the run diverged. */
function lossOf({ lossEnd }: Row): number {
  return lossEnd === null ? Infinity : Number(lossEnd);
}
