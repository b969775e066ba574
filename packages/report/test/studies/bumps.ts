import { random } from '@relu-lab/core';
import { type ExperimentContext, type ExperimentResult, type Row, experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import {
  type Interval,
  type Measurement,
  agreesWithPrediction,
  defineStudy,
  greaterThan,
  groupedBars,
  heatmap,
  linesWithBands,
  onlyIf,
  pointsWithIntervals,
} from '../../src/index.ts';

/** A condition of the tiny experiment: the mean of `draws` normal numbers around `center`. */
export interface BumpCondition {
  readonly activation: string;
  readonly center: number;
  readonly draws: number;
  /** Fails with this seed, if set. */
  readonly failsWith?: number;
}

/** Draws numbers, quickly; one row a layer. */
export function bump(
  { activation, center, draws, failsWith }: BumpCondition,
  seed: number,
  context: ExperimentContext,
): ExperimentResult {
  if (seed === failsWith) throw new Error(`no luck with seed ${seed}`);
  const startedAt = performance.now();
  const rows = [1, 2, 3].map((layer): Row => {
    const stream = random(seed).stream(activation).stream(`layer ${layer}`);
    let sum = 0;
    for (let i = 0; i < draws; i++) sum += center / layer + 0.2 * stream.normal();
    context.onProgress(layer / 3);
    return { activation, seed, layer, mean: sum / draws };
  });
  return { rows, timings: [{ activation, seed, seconds: (performance.now() - startedAt) / 1000 }] };
}

/** The experiment above, by name. */
export const bumpExperiment = experiment<BumpCondition>(import.meta.url, 'bump');

const activations = ['relu', 'leaky-relu', 'prelu', 'elu', 'selu', 'maxout', 'tanh', 'sigmoid'];

/** A study in a fraction of a second that has one of everything. */
export default defineStudy({
  id: 'bumps',
  title: 'Bumps: a study of everything that a report can show',
  summary:
    'Means of normal numbers, a layer at a time. What is claimed is easy to see, and what is shown is quick to make.',
  authors: ['Ada Example', 'Grace Sample'],
  parameters: z.object({
    seeds: z.int().min(1).max(100).default(5),
    draws: z.int().min(1).default(64),
    centers: z.array(z.number()).length(8).default([0.5, 0.55, 0.6, 0.45, 0.7, 0.65, 0.4, 0.3]),
  }),
  profiles: { quick: { seeds: 3 }, full: { seeds: 5, draws: 1000 } },
  references: {
    box1958: {
      title: 'A Note on the Generation of Random Normal Deviates',
      authors: ['Box', 'Muller'],
      year: 1958,
      venue: 'Annals of Mathematical Statistics',
      url: 'https://doi.org/10.1214/aoms/1177706645',
    },
    unread: { title: 'A work that nobody cites', authors: ['Nobody'], year: 2000 },
  },
  run: async ({ parameters, sweep }) => {
    const conditions = activations.map((activation, i) => ({
      activation,
      center: parameters.centers[i],
      draws: parameters.draws,
    }));
    const { rows, timings } = await sweep(bumpExperiment, conditions, {
      seeds: parameters.seeds,
      label: ({ activation }, seed) => `${activation}, seed ${seed}`,
    });
    return { rows, timings };
  },
  claims: ({ result }) => [
    {
      id: 'selu-is-high',
      text: 'The mean of SELU in the first layer is greater than 0.6.',
      prediction: { value: 0.7, source: 'the centre of the draw' },
      measurement: summary(result.rows, 'selu', 1),
      rule: greaterThan(0.6),
      expected: 'supported',
      evidence: 'fig-layers',
      format: 'fixed3',
    },
    {
      id: 'relu-is-high',
      text: 'The mean of ReLU in the third layer is greater than 0.6.',
      prediction: null,
      measurement: summary(result.rows, 'relu', 3),
      rule: greaterThan(0.6),
      evidence: 'tbl-means',
      format: 'percent',
    },
    {
      id: 'tanh-agrees',
      text: 'The mean of tanh agrees with its centre.',
      prediction: { value: 0.4, interval: [0.3, 0.5], source: 'the centre of the draw' },
      measurement: summary(result.rows, 'tanh', 1),
      rule: onlyIf('the layer is the first', agreesWithPrediction(), { without: summary(result.rows, 'tanh', 3) }),
      evidence: 'fig-bars',
    },
    {
      id: 'nobody-knows',
      text: 'ELU lies above a half.',
      prediction: null,
      measurement: { ...summary(result.rows, 'elu', 1), interval: null },
      rule: greaterThan(0.5),
    },
  ],
  figures: ({ result }) => ({
    'fig-layers': () =>
      linesWithBands({
        points: activations.flatMap((series) =>
          [1, 2, 3].map((layer) => {
            const { estimate, interval } = summary(result.rows, series, layer);
            return { series, x: layer, y: estimate, interval };
          }),
        ),
        xTitle: 'layer',
        yTitle: 'mean',
        xStep: 1,
        caption: 'The mean by layer: median and range over seeds. It falls as one over the layer.',
        alt: 'Line chart of the mean against the layer, one line an activation. All fall from layer 1 to layer 3.',
      }),
    'fig-bars': () =>
      groupedBars({
        bars: activations.flatMap((series) =>
          [1, 2, 3].map((layer) => {
            const { estimate, interval } = summary(result.rows, series, layer);
            return { group: `layer ${layer}`, series, value: estimate, interval };
          }),
        ),
        groupTitle: 'layer',
        valueTitle: 'mean',
        format: 'percent0',
        caption: 'The same as bars.',
        alt: 'Grouped bar chart of the mean by layer and activation. Bars shrink from layer to layer.',
      }),
    'fig-points': () =>
      pointsWithIntervals({
        points: activations.map((name) => ({ name, ...summary(result.rows, name, 1) })),
        valueTitle: 'mean in the first layer',
        reference: { value: 0.5, label: 'a half' },
        caption: 'The first layer alone.',
        alt: 'Points with intervals, one line an activation. SELU is highest, sigmoid lowest.',
      }),
    'fig-grid': () =>
      heatmap({
        columns: ['layer 1', 'layer 2', 'layer 3'],
        rows: activations,
        values: activations.map((name) => [1, 2, 3].map((layer) => summary(result.rows, name, layer).estimate)),
        columnTitle: 'layer',
        rowTitle: 'activation',
        valueTitle: 'mean',
        format: 'fixed2',
        range: [0, 1],
        caption: 'And as a grid.',
        alt: 'Heatmap of the mean, eight activations by three layers. The left column is brightest.',
      }),
  }),
  tables: ({ result }) => ({
    'tbl-means': () => ({
      columns: [
        { key: 'activation', label: 'Activation' },
        { key: 'first', label: 'Layer 1', format: 'percent' as const },
        { key: 'third', label: 'Layer 3', format: 'percent' as const },
        { key: 'note', label: 'Note' },
      ],
      rows: activations.map((activation) => ({
        activation,
        first: summary(result.rows, activation, 1).estimate,
        third: activation === 'maxout' ? NaN : summary(result.rows, activation, 3).estimate,
        note: activation === 'relu' ? 'the usual one' : null,
      })),
      caption: 'Means in the first and in the third layer.',
    }),
  }),
  timings: ({ result }) => ({
    figures: {
      'fig-cost': () =>
        pointsWithIntervals({
          points: activations.map((name) => {
            const seconds = result.timings
              .filter((row) => row['activation'] === name)
              .map((row) => Number(row['seconds']));
            return { name, estimate: median(seconds), interval: [Math.min(...seconds), Math.max(...seconds)] as const };
          }),
          valueTitle: 'seconds',
          scale: 'log',
          caption: 'What a run cost.',
          alt: 'Points with intervals of the seconds that a run took, one line an activation.',
        }),
    },
  }),
  prose: new URL('./bumps.md', import.meta.url),
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

function summary(rows: readonly Row[], activation: string, layer: number): Measurement {
  const values = rows
    .filter((row) => row['activation'] === activation && row['layer'] === layer)
    .map((row) => Number(row['mean']));
  const interval: Interval = [Math.min(...values), Math.max(...values)];
  return { estimate: median(values), interval, seeds: values.length };
}
