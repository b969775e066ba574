import { defineStudy } from '@relu-lab/report';
import { type Row, experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import { claimsOf } from './claims.ts';
import { slopes, usualSlope } from './comparisons.ts';
import { type Contestant, fixedSlope, reference, variants } from './contestants.ts';
import type { ContractionCondition } from './contraction.ts';
import { measureElu } from './elu-by-numbers.ts';
import {
  accuracyFigure,
  contractionFigure,
  curvesFigure,
  meansFigure,
  piecesFigure,
  preluFigure,
  signalsFigure,
  silentFigure,
  slopesFigure,
} from './figures.ts';
import type { DigitsCondition } from './on-digits.ts';
import { type ToyCondition, type ToySet, toySets } from './on-toy-sets.ts';
import { type SignalsCondition, signalConditions } from './self-normalising.ts';
import type { SilentUnitsCondition } from './silent-units.ts';
import { accuracyTable, eluTable, meansTable, seluTable, toysTable } from './tables.ts';
import type { PiecesCondition } from './two-maxout-units.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const trainOnDigits = experiment<DigitsCondition>(here('./on-digits.ts'), 'trainOnDigits');
const trainOnToySet = experiment<ToyCondition>(here('./on-toy-sets.ts'), 'trainOnToySet');
const watchSilentUnits = experiment<SilentUnitsCondition>(here('./silent-units.ts'), 'watchSilentUnits');
const followSignals = experiment<SignalsCondition>(here('./self-normalising.ts'), 'followSignals');
const measureContraction = experiment<ContractionCondition>(here('./contraction.ts'), 'measureContraction');
const followCurves = experiment<PiecesCondition>(here('./two-maxout-units.ts'), 'followCurves');

const count = (): z.ZodInt => z.int().min(1);

const parameters = z.object({
  seeds: count().default(10).describe('networks trained for each variant, and drawn for each condition'),
  hiddenLayers: count().min(2).default(4).describe('hidden layers of the networks that learn digits'),
  width: count().default(128).describe('units of each of them'),
  trainingDigits: count().max(60_000).default(60_000).describe('training digits, the first ones'),
  testDigits: count().max(10_000).default(10_000).describe('test digits, the first ones'),
  epochs: count().default(2).describe('passes over the training digits'),
  batchSize: count().default(128).describe('digits in a training step'),
  learningRate: z.number().positive().default(0.05).describe('learning rate at the start; it falls to 0'),
  momentum: z.number().min(0).lt(1).default(0.9).describe('momentum of stochastic gradient descent'),
  slopeDigits: count().max(60_000).default(20_000).describe('training digits of the slope sweep'),
  silentSlopes: z
    .array(z.number().min(0))
    .min(2)
    .default([0, 0.001, 0.01, 0.03, 0.1, 0.3])
    .describe('slopes with which silent units are trained'),
  silentDigits: count().max(60_000).default(1_000).describe('digits on which they are silent, and trained'),
  silentEpochs: count().default(20).describe('passes over these digits'),
  silentDepth: z
    .number()
    .positive()
    .default(0.5)
    .describe(
      'how far below 0 silent units lie at the least, on every digit; pre-activations have a size of about 1.4',
    ),
  brinkDepth: z.number().positive().default(0.02).describe('the same of units that are just below 0'),
  silentRate: z.number().positive().default(0.1).describe('learning rate with which they are trained'),
  signalDepth: count().min(4).default(32).describe('layers of the SELU networks whose signals are followed'),
  signalWidth: count().default(256).describe('units of each of them'),
  signalDigits: count().max(10_000).default(256).describe('digits that are passed'),
  contractionDepth: count().min(2).default(8).describe('layers of the wide SELU networks'),
  contractionWidth: count().default(512).describe('units of each of them'),
  contractionSamples: count().default(256).describe('normal inputs that are passed'),
  pieces: z.array(count().min(2)).min(2).default([32, 64, 128, 256]).describe('pieces of a maxout unit'),
  toySeeds: count().default(20).describe('networks trained for each variant on each set in the plane'),
  toyWidth: count().default(12).describe('units of each of their two hidden layers'),
  toySamples: count().default(400).describe('points to learn from'),
  toyEpochs: count().default(40).describe('passes over the points'),
});

type Parameters = z.infer<typeof parameters>;

export default defineStudy({
  id: 'variants',
  title: 'The variants of ReLU',
  summary:
    'Leaky ReLU, PReLU, ELU, SELU and maxout: what is said of each, what each does with negative inputs, and whether it is more accurate than ReLU.',
  parameters,
  profiles: {
    full: {},
    quick: {
      seeds: 5,
      trainingDigits: 3_000,
      testDigits: 1_000,
      slopeDigits: 2_000,
      silentSlopes: [0, 0.01, 0.1, 0.3],
      signalWidth: 192,
      signalDigits: 128,
      contractionWidth: 384,
      contractionSamples: 192,
      pieces: [32, 64, 128],
      toySeeds: 8,
    },
  },
  references: {
    maas2013: {
      title: 'Rectifier nonlinearities improve neural network acoustic models',
      authors: ['Maas', 'Hannun', 'Ng'],
      year: 2013,
      url: 'https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf',
    },
    goodfellow2013: {
      title: 'Maxout networks',
      authors: ['Goodfellow', 'Warde-Farley', 'Mirza', 'Courville', 'Bengio'],
      year: 2013,
      venue: 'ICML',
      url: 'https://arxiv.org/abs/1302.4389',
    },
    he2015: {
      title: 'Delving deep into rectifiers: surpassing human-level performance on ImageNet classification',
      authors: ['He', 'Zhang', 'Ren', 'Sun'],
      year: 2015,
      url: 'https://arxiv.org/abs/1502.01852',
    },
    clevert2015: {
      title: 'Fast and accurate deep network learning by exponential linear units (ELUs)',
      authors: ['Clevert', 'Unterthiner', 'Hochreiter'],
      year: 2015,
      url: 'https://arxiv.org/abs/1511.07289',
    },
    klambauer2017: {
      title: 'Self-normalizing neural networks',
      authors: ['Klambauer', 'Unterthiner', 'Mayr', 'Hochreiter'],
      year: 2017,
      url: 'https://arxiv.org/abs/1706.02515',
    },
    holm1979: {
      title: 'A simple sequentially rejective multiple test procedure',
      authors: ['Holm'],
      year: 1979,
      url: 'https://www.jstor.org/stable/4615733',
    },
  },
  run: async ({ parameters: p, sweep }) => {
    const { seeds } = p;
    const runs = await sweep(
      trainOnDigits,
      [reference, ...variants, fixedSlope].map((contestant) => digitsCondition(contestant, p.trainingDigits, p)),
      { seeds, label: ({ contestant }, seed) => `digits with ${contestant.name}, seed ${seed}` },
    );
    const swept = await sweep(
      trainOnDigits,
      slopes.map((alpha) =>
        digitsCondition({ name: slopeName(alpha), activation: 'leaky-relu', alpha }, p.slopeDigits, p),
      ),
      { seeds, label: ({ contestant }, seed) => `${contestant.name}, seed ${seed}` },
    );
    const silent = await sweep(
      watchSilentUnits,
      [
        ...p.silentSlopes.map((alpha) => ({ alpha, depth: p.silentDepth })),
        { alpha: usualSlope, depth: p.brinkDepth },
      ].map((units) => ({
        ...units,
        width: 64,
        digits: p.silentDigits,
        epochs: p.silentEpochs,
        batchSize: 25,
        learningRate: p.silentRate,
      })),
      { seeds, label: ({ alpha, depth }, seed) => `silent units with α = ${alpha}, ${depth} below 0, seed ${seed}` },
    );
    const signals = await sweep(
      followSignals,
      signalConditions.map((condition) => ({
        ...condition,
        depth: p.signalDepth,
        width: p.signalWidth,
        digits: p.signalDigits,
      })),
      { seeds, label: ({ name }, seed) => `SELU, ${name}, seed ${seed}` },
    );
    const contraction = await sweep(
      measureContraction,
      [{ depth: p.contractionDepth, width: p.contractionWidth, samples: p.contractionSamples }],
      { seeds, label: () => 'contraction' },
    );
    const curves = await sweep(followCurves, [{ pieces: p.pieces }], { seeds, label: () => 'curves' });
    const toys = await sweep(
      trainOnToySet,
      (Object.keys(toySets) as ToySet[]).flatMap((set) =>
        [reference, ...variants].map((contestant) => ({
          set,
          contestant,
          hiddenLayers: 2,
          width: p.toyWidth,
          samples: p.toySamples,
          testSamples: 2_000,
          epochs: p.toyEpochs,
        })),
      ),
      { seeds: p.toySeeds, label: ({ set, contestant }, seed) => `${set} with ${contestant.name}, seed ${seed}` },
    );
    const others = [silent, signals, contraction, curves, toys].flatMap(({ rows }) => rows);
    return [...runs.rows, ...slopeRows(swept.rows), ...others, ...measureElu()];
  },
  claims: ({ result, parameters: p }) => claimsOf(result, p),
  figures: ({ result, parameters }) => ({
    'fig-curves': () => curvesFigure(),
    'fig-silent': () => silentFigure(result, parameters),
    'fig-slopes': () => slopesFigure(result),
    'fig-prelu': () => preluFigure(result, parameters.hiddenLayers),
    'fig-means': () => meansFigure(result, parameters.hiddenLayers),
    'fig-signals': () => signalsFigure(result),
    'fig-contraction': () => contractionFigure(result),
    'fig-pieces': () => piecesFigure(result),
    'fig-accuracy': () => accuracyFigure(result, 'run'),
    'fig-toys': () => accuracyFigure(result, 'toy'),
  }),
  tables: ({ result, parameters: { hiddenLayers } }) => ({
    'tbl-elu': () => eluTable(result),
    'tbl-means': () => meansTable(result),
    'tbl-selu': () => seluTable(result, hiddenLayers),
    'tbl-accuracy': () => accuracyTable(result),
    'tbl-toys': () => toysTable(result),
  }),
  prose: new URL('./study.md', import.meta.url),
});

function digitsCondition(contestant: Contestant, trainingDigits: number, p: Parameters): DigitsCondition {
  const { hiddenLayers, width, testDigits, epochs, batchSize, learningRate, momentum } = p;
  return { contestant, hiddenLayers, width, trainingDigits, testDigits, epochs, batchSize, learningRate, momentum };
}

function slopeName(alpha: number): string {
  return `slope ${alpha}`;
}

/** Of the runs of the slope sweep the accuracies alone, as rows of kind `slope`. */
function slopeRows(rows: readonly Row[]): readonly Row[] {
  return slopes.flatMap((alpha) =>
    rows
      .filter((row) => row.kind === 'run' && row.contestant === slopeName(alpha))
      .map(({ seed, status, accuracy }) => ({ kind: 'slope', alpha, seed, status, accuracy })),
  );
}
