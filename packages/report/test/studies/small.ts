import { z } from 'zod';
import { agreesWithPrediction, defineStudy, greaterThan, linesWithBands, onlyIf } from '../../src/index.ts';

/** The squares of four numbers: a study with one of everything, in which nothing is left to chance. */
export default defineStudy({
  id: 'small',
  title: 'Squares & *roots*',
  summary: 'A study with one of everything, whose pages are compared letter by letter.',
  authors: ['Ann Example', 'Bo Example'],
  parameters: z.object({ numbers: z.array(z.number()).default([1, 2, 3, 4]) }),
  profiles: { quick: {}, full: {} },
  references: {
    euclid: { title: 'Elements', authors: ['Euclid'], year: -300, url: 'https://example.org/elements' },
    nobody: { title: 'A book without an address' },
  },
  run: ({ parameters: { numbers } }) => numbers.map((x) => ({ x, square: x * x })),
  claims: ({ result }) => [
    {
      id: 'squares-grow',
      text: 'The last square is greater than 10 | and less than <20>.',
      prediction: { value: 16, source: 'arithmetic' },
      measurement: { estimate: result.at(-1)?.square ?? NaN, interval: [16, 16], seeds: 0 },
      rule: agreesWithPrediction({ tolerance: 0, minimumSeeds: 0 }),
      expected: 'supported',
      evidence: 'fig-squares',
    },
    {
      id: 'half',
      text: 'More than half of them are odd.',
      prediction: null,
      measurement: { estimate: 0.5, interval: [0.4, 0.6], seeds: 4, unit: 'of all' },
      rule: greaterThan(0.5),
      expected: 'supported',
      format: 'percent',
    },
    {
      id: 'positive',
      text: 'Squares are positive.',
      prediction: null,
      measurement: { estimate: 1, interval: [1, Infinity], seeds: 4 },
      rule: onlyIf('the number is not 0', greaterThan(0)),
    },
  ],
  figures: ({ result }) => ({
    'fig-squares': () =>
      linesWithBands({
        points: result.map(({ x, square }) => ({ series: 'square', x, y: square, interval: null })),
        xTitle: 'number',
        yTitle: 'square',
        caption: 'Squares of numbers: they grow faster than the numbers do.',
        alt: 'Line chart of the square against the number. It bends upwards.',
      }),
  }),
  tables: ({ result }) => ({
    'tbl-squares': () => ({
      columns: [
        { key: 'x', label: 'Number' },
        { key: 'square', label: 'Its | square', format: 'fixed1' },
        { key: 'note', label: 'Note' },
      ],
      rows: result.map((row) => ({ ...row, note: row.x === 1 ? '*the same*' : null })),
      caption: 'The same as a table.',
    }),
  }),
  prose: {
    markdown: `## The question {#sec-question}

How fast do {{ parameters.numbers | list }} grow when they are squared [@euclid]? As @fig-squares and @tbl-squares show, and
@claim-squares-grow says, up to {{ claims.squares-grow.measurement.estimate | fixed1 }}[^root].

::: figure fig-squares

In the text $x_1^2 < x_2^2$ is a formula, and so is @eq-square by itself:

$$
(a + b)^2 = a^2 + 2ab + b^2
$$ {#eq-square}

::: note
Back to @sec-question, with **emphasis** and a [link](https://example.org).
:::

::: warning
Squares of negative numbers are _positive_.

- So are
- the others.
:::

[^root]: Its root is 4.

::: table tbl-squares
:::

\`\`\`ts
const square = (x: number) => x * x; // {{ not.looked.up }}
\`\`\`

There is a mistake: {{ parameters.numbres }}.
`,
  },
});
