import { appendFileSync } from 'node:fs';
import { defineStudy, greaterThan } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';
import type { Count } from './experiment.ts';

const count = experiment<Count>(new URL('./experiment.ts', import.meta.url).href, 'count');

export default defineStudy({
  id: 'counting',
  title: 'Counting squares',
  parameters: z.object({
    seeds: z.int().min(1).default(3),
    milliseconds: z.number().min(0).default(0),
    notes: z.string().default(''),
    threshold: z.number().default(0),
    brokenFigure: z.boolean().default(false),
  }),
  profiles: { quick: {}, full: { seeds: 5 } },
  run: ({ parameters: { seeds, milliseconds, notes }, sweep }) => {
    if (notes !== '') appendFileSync(`${notes}/computed`, `${seeds}\n`);
    return sweep(
      count,
      ['a', 'b'].map((name) => ({ name, milliseconds, notes })),
      { seeds, label: ({ name }, seed) => `${name} ${seed}` },
    );
  },
  claims: ({ parameters, result }) => {
    const squares = result.rows.map((row) => Number(row['square']));
    return [
      {
        id: 'squares-are-large',
        text: 'Squares are large.',
        prediction: null,
        measurement: {
          estimate: squares[0] ?? NaN,
          interval: [Math.min(...squares), Math.max(...squares)],
          seeds: parameters.seeds,
        },
        rule: greaterThan(parameters.threshold),
        expected: 'supported',
        format: 'integer',
      },
    ];
  },
  figures: ({ parameters, result }) => ({
    'fig-squares': () => {
      if (parameters.brokenFigure) throw new Error('the pencil broke');
      return {
        data: [
          { type: 'scatter', x: result.rows.map((row) => row['seed']), y: result.rows.map((row) => row['square']) },
        ],
        layout: {},
        caption: 'Squares.',
        alt: 'A parabola.',
        table: result.rows,
      };
    },
  }),
  tables: () => ({}),
  prose: { markdown: 'There are {{ parameters.seeds }} seeds.' },
});
