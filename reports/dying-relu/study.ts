import { bornDeadExperiment, dyingExperiment } from '@relu-lab/analysis';
import { defineStudy } from '@relu-lab/report';
import { type Row, experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import type { ScaleCondition } from './by-scale.ts';
import { claimsOf, narrow, wide } from './claims.ts';
import type { DeepHeCondition } from './deep-he.ts';
import { type FatesCondition, watchUnits } from './fates.ts';
import {
  bornDeadFigure,
  deepHeFigure,
  doseByInitialisationFigure,
  doseFigure,
  dosesTable,
  fatesTable,
  rasterFigure,
  ratesTable,
  revivedFigure,
  scaleFigure,
} from './figures.ts';

const here = (file: string): string => new URL(file, import.meta.url).href;
const lookAtDeepHe = experiment<DeepHeCondition>(here('./deep-he.ts'), 'lookAtDeepHe');
const countDeaths = experiment<ScaleCondition>(here('./by-scale.ts'), 'countDeaths');
const countFates = experiment<FatesCondition>(here('./fates.ts'), 'countFates');

const count = (): z.ZodInt => z.int().min(1);
const rate = (): z.ZodNumber => z.number().positive();

const parameters = z.object({
  seeds: z.int().min(2).default(10).describe('networks of each condition'),
  bornDeadWidths: z.array(count()).min(1).default([2, 3, 4, 6]).describe('widths of networks that may be born dead'),
  bornDeadDepths: z.array(z.int().min(2)).min(1).default([2, 4, 8, 16, 32]).describe('their depths'),
  bornDeadNetworks: count().default(2000).describe('networks drawn for each width, depth and seed'),
  deepLayers: count().default(20).describe('hidden layers of the deep network that is not trained'),
  deepWidth: count().default(256).describe('its width'),
  deepDigits: count().max(10_000).default(1000).describe('test digits on which its units are watched'),
  doseDigits: count().max(60_000).default(1500).describe('training digits of the networks whose units may die'),
  doseEpochs: count().default(8).describe('passes over them'),
  doseWidth: count().default(64).describe('width of their hidden layers'),
  hiddenLayers: count().default(4).describe('hidden layers of all networks that are trained'),
  learningRates: z
    .array(rate())
    .min(2)
    .default([0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1])
    .describe('the doses; 0.03, 0.1 and 0.3 are among them'),
  weightVariances: z
    .array(rate())
    .min(2)
    .default([0.5, 1, 2, 3, 4, 8])
    .describe('σ_w² of networks whose units may die; 1, 2 and 4 are among them'),
  fateDigits: count().max(60_000).default(1000).describe('training digits of the networks whose units are followed'),
  fateEpochs: count().default(8).describe('passes over them'),
  fateWidth: count().default(64).describe('width of their hidden layers'),
});

/** A rate at which these networks learn well, one near the largest that they stand, one in between that they stand with momentum too, and what stands for poor weights and biases. */
const setting = {
  sensibleRate: 0.03,
  middleRate: 0.1,
  highRate: 0.3,
  momentum: 0.9,
  negativeBias: -1,
  smallVariance: 1,
  largeVariance: 4,
} as const;

/** What the doses are given to. */
const patients = [
  { activation: 'relu' },
  { activation: 'relu', momentum: setting.momentum },
  { activation: 'leaky-relu' },
  { activation: 'relu', initializer: 'xavier-normal' },
  { activation: 'relu', initializer: 'pytorch-default' },
  { activation: 'relu', bias: setting.negativeBias },
] as const;

const followed = [
  { learningRate: setting.sensibleRate, momentum: 0, weightDecay: 0 },
  { learningRate: setting.highRate, momentum: 0, weightDecay: 0 },
  { learningRate: setting.highRate, momentum: 0, weightDecay: 0.01 },
  { learningRate: setting.sensibleRate, momentum: setting.momentum, weightDecay: 0 },
] as const;

const batchSize = 25;

export default defineStudy({
  id: 'dying-relu',
  title: 'Dying ReLU',
  summary:
    'Which neurons die, of what, and which of them come back; and why a perfectly initialised deep network has dead units before its first step.',
  parameters,
  profiles: {
    full: {},
    quick: {
      bornDeadNetworks: 300,
      deepWidth: 128,
      deepDigits: 400,
      doseDigits: 500,
      doseEpochs: 4,
      doseWidth: 32,
      learningRates: [0.01, 0.03, 0.1, 0.3, 1],
      weightVariances: [1, 2, 4, 8],
      fateDigits: 500,
      fateEpochs: 4,
      fateWidth: 32,
    },
  },
  references: {
    lu2019: {
      title: 'Dying ReLU and initialization: theory and numerical examples',
      authors: ['Lu', 'Shin', 'Su', 'Karniadakis'],
      year: 2019,
      url: 'https://arxiv.org/abs/1903.06733',
    },
    he2015: {
      title: 'Delving deep into rectifiers: surpassing human-level performance on ImageNet classification',
      authors: ['He', 'Zhang', 'Ren', 'Sun'],
      year: 2015,
      venue: 'ICCV',
      url: 'https://arxiv.org/abs/1502.01852',
    },
  },
  run: async ({ parameters: p, seed, sweep, signal }) => {
    const { seeds } = p;
    const shapes = [
      ...p.bornDeadWidths.flatMap((width) => p.bornDeadDepths.map((depth) => ({ width, depth }))),
      narrow,
      wide,
    ].map((shape) => ({ ...shape, networks: p.bornDeadNetworks }));
    const born = await sweep(bornDeadExperiment, distinct(shapes), {
      seeds,
      label: ({ width, depth }) => `born dead, ${width} × ${depth}`,
    });
    const deep = await sweep(lookAtDeepHe, [{ hiddenLayers: p.deepLayers, width: p.deepWidth, digits: p.deepDigits }], {
      seeds,
      label: () => 'a deep network before training',
    });
    const doses = await sweep(
      dyingExperiment,
      patients.flatMap((patient) =>
        p.learningRates.map((learningRate) => ({
          ...patient,
          learningRate,
          depth: p.hiddenLayers + 1,
          width: p.doseWidth,
          data: { name: 'mnist' as const, samples: p.doseDigits },
          epochs: p.doseEpochs,
          batchSize,
        })),
      ),
      { seeds, label: ({ activation, learningRate }) => `${activation} at ${learningRate}` },
    );
    const hidden = (width: number): readonly number[] => Array.from({ length: p.hiddenLayers }, () => width);
    const scales = await sweep(
      countDeaths,
      [setting.sensibleRate, setting.middleRate].flatMap((learningRate) =>
        p.weightVariances.map((weightVariance) => ({
          weightVariance,
          learningRate,
          hidden: hidden(p.doseWidth),
          digits: p.doseDigits,
          epochs: p.doseEpochs,
          batchSize,
        })),
      ),
      { seeds, label: ({ weightVariance, learningRate }) => `σ_w² ${weightVariance} at ${learningRate}` },
    );
    const network = {
      hidden: hidden(p.fateWidth),
      digits: p.fateDigits,
      epochs: p.fateEpochs,
      batchSize,
    };
    const fates = await sweep(
      countFates,
      followed.map((training) => ({ ...network, ...training })),
      {
        seeds,
        label: ({ learningRate, momentum, weightDecay }) =>
          `fates at ${learningRate}, momentum ${momentum}, decay ${weightDecay}`,
      },
    );
    const [, high] = followed;
    const { timeline } = await watchUnits({ ...network, ...high }, 1000 * seed, { signal, onProgress: () => {} });
    return {
      rows: [
        ...named('born-dead', born.rows),
        ...deep.rows,
        ...named('dose', doses.rows),
        ...scales.rows,
        ...fates.rows,
      ],
      timeline,
    };
  },
  claims: ({ result, parameters: p }) => claimsOf(result.rows, { ...setting, deepLayers: p.deepLayers }),
  figures: ({ result: { rows, timeline } }) => ({
    'fig-deep-he': () => deepHeFigure(rows),
    'fig-born-dead': () => bornDeadFigure(rows),
    'fig-dose': () => doseFigure(rows),
    'fig-dose-initialisation': () => doseByInitialisationFigure(rows),
    'fig-scale': () => scaleFigure(rows),
    'fig-raster': () => rasterFigure(timeline),
    'fig-revived': () => revivedFigure(rows, followed),
  }),
  tables: ({ result }) => ({
    'tbl-rates': () => ratesTable(result.rows, setting.sensibleRate),
    'tbl-doses': () => dosesTable(result.rows),
    'tbl-fates': () => fatesTable(result.rows, followed),
  }),
  prose: new URL('./study.md', import.meta.url),
});

/** Rows of experiments of the analysis package, told apart. */
function named(kind: string, rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, kind }));
}

function distinct<Shape extends { readonly width: number; readonly depth: number }>(
  shapes: readonly Shape[],
): readonly Shape[] {
  return [...new Map(shapes.map((shape) => [`${shape.width} ${shape.depth}`, shape])).values()];
}
