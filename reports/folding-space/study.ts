import {
  type RegionCountParameters,
  crossingsExperiment,
  foldingExperiment,
  regionCountExperiment,
} from '@relu-lab/analysis';
import { defineStudy } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import { claimsOf } from './claims.ts';
import {
  attainableFigure,
  crossingsFigure,
  depthFigure,
  foldFigure,
  noiseFigure,
  papersTable,
  randomFoldFigure,
  tentFigure,
  trainingFigure,
  trainingTable,
  unfoldedFigure,
} from './figures.ts';
import type { FoldsCondition } from './folds.ts';
import type { NoiseCondition } from './noise.ts';
import type { TrainingCondition } from './training.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const countFolds = experiment<FoldsCondition>(here('./folds.ts'), 'countFolds');
const disturbNetwork = experiment<NoiseCondition>(here('./noise.ts'), 'disturbNetwork');
const countDuringTraining = experiment<TrainingCondition>(here('./training.ts'), 'countDuringTraining');

const count = (): z.ZodInt => z.int().min(1);
const counts = (): z.ZodArray<z.ZodInt> => z.array(count()).min(2);

const parameters = z.object({
  seeds: count().default(40).describe('random networks, and draws of the noise'),
  trainings: count().default(10).describe('seeds of what is trained'),
  tentFolds: count().max(16).default(12).describe('most folds of the line'),
  paperFolds: count().max(6).default(5).describe('most folds of the plane'),
  montufarLayers: count().max(5).default(4).describe('most layers of Montúfar’s construction'),
  learnedFolds: counts().default([1, 2, 3, 4, 5, 6]).describe('folds that networks are trained on'),
  learnedWidth: count().default(8).describe('units in each layer of those'),
  crossingWidth: count().default(128).describe('units in each layer where crossings are counted'),
  crossingLayers: count().default(8).describe('layers where crossings are counted'),
  lineNeurons: counts().default([32, 64, 128, 256]).describe('neurons of the networks on a line'),
  lineLayers: counts().default([1, 2, 4, 8]).describe('layers among which they are divided'),
  planeNeurons: counts().default([16, 32, 64, 128]).describe('neurons of the networks in the plane'),
  planeLayers: counts().default([1, 2, 4]).describe('layers among which they are divided'),
  noiseFolds: counts().default([4, 8, 12]).describe('folds of the networks that are disturbed'),
  noiseLevels: z
    .array(z.number().positive())
    .default([0.001, 0.003, 0.01, 0.03, 0.1])
    .describe('noise, as shares of the layer’s root mean square weight'),
  hidden: z.array(count()).min(1).default([32, 32, 32]).describe('widths of the networks that are trained'),
  spirals: count().default(1000).describe('points of the spirals'),
  spiralEpochs: count().default(100).describe('passes over them'),
  digits: count().max(60_000).default(60_000).describe('training digits, the first ones'),
  digitEpochs: count().default(3).describe('passes over them'),
});

export default defineStudy({
  id: 'folding-space',
  title: 'Folding space',
  summary:
    'Depth can fold the space of inputs like paper, so that regions multiply with every layer. What it can do, what random and trained networks do, and what noise leaves of it.',
  parameters,
  profiles: {
    full: {},
    quick: {
      seeds: 12,
      trainings: 6,
      crossingLayers: 6,
      planeNeurons: [16, 32, 64],
      noiseLevels: [0.001, 0.01, 0.03, 0.1],
      hidden: [16, 16, 16],
      spirals: 400,
      spiralEpochs: 40,
      digits: 2000,
      digitEpochs: 2,
    },
  },
  references: {
    montufar2014: {
      title: 'On the number of linear regions of deep neural networks',
      authors: ['Montúfar', 'Pascanu', 'Cho', 'Bengio'],
      year: 2014,
      venue: 'NeurIPS',
      url: 'https://arxiv.org/abs/1402.1869',
    },
    telgarsky2015: {
      title: 'Representation benefits of deep feedforward networks',
      authors: ['Telgarsky'],
      year: 2015,
      url: 'https://arxiv.org/abs/1509.08101',
    },
    hanin2019complexity: {
      title: 'Complexity of linear regions in deep networks',
      authors: ['Hanin', 'Rolnick'],
      year: 2019,
      venue: 'ICML',
      url: 'https://arxiv.org/abs/1901.09021',
    },
    hanin2019few: {
      title: 'Deep ReLU networks have surprisingly few activation patterns',
      authors: ['Hanin', 'Rolnick'],
      year: 2019,
      venue: 'NeurIPS',
      url: 'https://arxiv.org/abs/1906.00904',
    },
  },
  run: async ({ parameters: given, sweep }) => {
    const { seeds, trainings, learnedWidth: width, crossingWidth, crossingLayers, hidden } = given;
    const upTo = (most: number): readonly number[] => Array.from({ length: most }, (_, i) => i + 1);
    const folds = await sweep(
      countFolds,
      [
        ...upTo(given.tentFolds).map((layers): FoldsCondition => ({ construction: 'tent', layers })),
        ...upTo(given.paperFolds).map((layers): FoldsCondition => ({ construction: 'paper', layers })),
        ...upTo(given.montufarLayers).map((layers): FoldsCondition => ({ construction: 'montufar', layers })),
      ],
      { seeds: [0], label: ({ construction, layers }) => `${construction}, ${layers} layers` },
    );
    const folding = await sweep(
      foldingExperiment,
      given.learnedFolds.flatMap((k) =>
        (['folded', 'random', 'trained'] as const).map((network) => ({ folds: k, network, width })),
      ),
      { seeds: trainings, label: ({ network, folds: k }, seed) => `${network}, ${k} layers, seed ${seed}` },
    );
    const crossings = await sweep(crossingsExperiment, [{ width: crossingWidth, layers: crossingLayers }], {
      seeds,
      label: (_, seed) => `crossings, seed ${seed}`,
    });
    const shapes = (window: 'line' | 'plane', neurons: readonly number[], layers: readonly number[]) =>
      neurons.flatMap((n) => layers.map((l): RegionCountParameters => ({ window, neurons: n, layers: l })));
    const label = ({ window, neurons, layers }: RegionCountParameters, seed: number): string =>
      `${neurons} neurons in ${layers} layers on a ${window}, seed ${seed}`;
    const byDepth = await sweep(
      regionCountExperiment,
      [
        ...shapes('line', given.lineNeurons, given.lineLayers),
        ...shapes('plane', given.planeNeurons, given.planeLayers),
      ],
      { seeds, label },
    );
    const growing = await sweep(
      regionCountExperiment,
      given.lineLayers.map((layers): RegionCountParameters => ({ window: 'line', neurons: 16 * layers, layers })),
      { seeds, label },
    );
    const sets: readonly TrainingCondition[] = [
      { data: 'spirals', hidden, samples: given.spirals, epochs: given.spiralEpochs },
      { data: 'digits', hidden, samples: given.digits, epochs: given.digitEpochs },
    ];
    const training = await sweep(countDuringTraining, sets, {
      seeds: trainings,
      label: ({ data }, seed) => `training on ${data}, seed ${seed}`,
    });
    const disturbed: readonly NoiseCondition[] = [
      ...given.noiseFolds.map((layers) => ({ network: 'folded' as const, layers, levels: given.noiseLevels })),
      { network: 'random', layers: 4, levels: given.noiseLevels },
    ];
    const noise = await sweep(disturbNetwork, disturbed, {
      seeds,
      label: ({ network, layers }, seed) => `noise on ${network}, ${layers} layers, seed ${seed}`,
    });
    return {
      folds: folds.rows,
      folding: folding.rows,
      crossings: crossings.rows,
      byDepth: byDepth.rows,
      growing: growing.rows,
      training: training.rows,
      noise: noise.rows,
    };
  },
  claims: ({ result }) => claimsOf(result),
  figures: ({ result: { folding, crossings, byDepth, training, noise }, seed }) => ({
    'fig-fold': () => foldFigure(),
    'fig-unfolded': () => unfoldedFigure(),
    'fig-tent': () => tentFigure(),
    'fig-attainable': () => attainableFigure(folding),
    'fig-random-fold': () => randomFoldFigure(seed),
    'fig-crossings': () => crossingsFigure(crossings),
    'fig-depth': () => depthFigure(byDepth, 'line'),
    'fig-depth-plane': () => depthFigure(byDepth, 'plane'),
    'fig-training': () => trainingFigure(training),
    'fig-noise': () => noiseFigure(noise),
  }),
  tables: ({ result }) => ({
    'tbl-papers': () => papersTable(result),
    'tbl-training': () => trainingTable(result.training),
  }),
  prose: new URL('./study.md', import.meta.url),
});
