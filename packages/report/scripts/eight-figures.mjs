// The study that scripts/measure-page.mjs builds: eight figures of the usual kinds with about a megabyte of numbers, prose with
// formulas, and nothing to compute.
import { elu, leakyRelu, random, relu, selu, sigmoid, tanh } from '@relu-lab/core';
import {
  activationCurves,
  defineStudy,
  greaterThan,
  groupedBars,
  heatmap,
  linesWithBands,
  pointsWithIntervals,
} from '../dist/index.js';
import { z } from 'zod';

const names = ['relu', 'leaky-relu', 'elu', 'selu', 'tanh', 'sigmoid'];
const stream = random(1).stream('eight figures');
const around = (center, spread) => center + spread * stream.normal();
const text = (name) => ({ caption: `What ${name} looks like.`, alt: `A made-up chart of ${name}.` });

function lines(series, count, options) {
  const points = series.flatMap((name, k) =>
    Array.from({ length: count }, (_, i) => {
      const y = Math.exp(around(-i / count, 0.05)) / (k + 1);
      return { series: name, x: i + 1, y, interval: [0.8 * y, 1.2 * y] };
    }),
  );
  return linesWithBands({ points, xTitle: 'step', yTitle: 'loss', ...options });
}

const grid = (rows, columns, title) =>
  heatmap({
    rows: Array.from({ length: rows }, (_, i) => `unit ${i}`),
    columns: Array.from({ length: columns }, (_, i) => String(i)),
    values: Array.from({ length: rows }, () => Array.from({ length: columns }, () => around(0.5, 0.1))),
    rowTitle: 'unit',
    columnTitle: 'step',
    valueTitle: 'share',
    ...text(title),
  });

export default defineStudy({
  id: 'eight-figures',
  title: 'Eight figures',
  parameters: z.object({}),
  profiles: { quick: {}, full: {} },
  run: () => undefined,
  claims: () =>
    names.map((name) => ({
      id: `${name}-learns`,
      text: `A network of ${name} learns.`,
      prediction: null,
      measurement: { estimate: 0.9, interval: [0.88, 0.92], seeds: 5 },
      rule: greaterThan(0.5),
      evidence: 'fig-bars',
      format: 'percent',
    })),
  figures: () => ({
    'fig-lines': () => lines(names.slice(0, 4), 200, text('four lines')),
    'fig-panels': () => lines(names, 100, { yScale: 'log', ...text('six lines, a panel each') }),
    'fig-curves': () => activationCurves([relu, leakyRelu(), elu(), selu, tanh, sigmoid]),
    'fig-bars': () =>
      groupedBars({
        bars: names.flatMap((series) =>
          [1, 2, 3].map((layer) => ({
            group: `layer ${layer}`,
            series,
            value: around(0.5, 0.1),
            interval: [0.4, 0.6],
          })),
        ),
        groupTitle: 'layer',
        valueTitle: 'share of zeros',
        format: 'percent0',
        ...text('bars'),
      }),
    'fig-points': () =>
      pointsWithIntervals({
        points: names.map((name) => ({ name, estimate: around(0.5, 0.1), interval: [0.3, 0.8] })),
        valueTitle: 'accuracy',
        ...text('points'),
      }),
    'fig-grid': () => grid(10, 10, 'a small grid'),
    'fig-map': () => grid(60, 120, 'a large grid'),
    'fig-log': () => lines(names.slice(0, 2), 1000, { xScale: 'log', ...text('two long lines') }),
  }),
  tables: () => ({}),
  prose: {
    markdown: [
      '## What is drawn',
      "The gain is $\\chi_1 = \\sigma_w^2 \\mathbb{E}[\\phi'(\\sqrt{q} z)^2]$.",
      '$$\\operatorname{sd}(\\bar x) = \\frac{\\sigma}{\\sqrt{n}}$$ {#eq-error}',
      'See @eq-error, and @fig-lines.',
    ].join('\n\n'),
  },
});
