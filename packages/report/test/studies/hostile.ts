import { z } from 'zod';
import { type Claim, defineStudy, greaterThan, groupedBars, heatmap, linesWithBands } from '../../src/index.ts';

/** Sets a mark that a test looks for, in every way that a page could be talked into. */
const attacks = [
  '<script>window.hacked = "script"</script>',
  '</script><script>window.hacked = "end tag"</script>',
  '<img src=x onerror="window.hacked = \'image\'">',
  '<svg onload="window.hacked = \'svg\'">',
  '"><b onmouseover="window.hacked = \'attribute\'">x</b>',
  "' onfocus='window.hacked = 1' autofocus='",
  '<a href="javascript:window.hacked = \'link\'">click</a>',
  '<!-- <script> -->',
  '\u2028\u2029\ue0000\ue001',
  '=HYPERLINK("https://evil.example","x")',
];
export const all: string = attacks.join(' ');

function claim(id: string): Claim {
  return {
    id,
    text: all,
    prediction: { value: 1, source: all },
    measurement: { estimate: 1, interval: [0, 2], seeds: 3, unit: all },
    rule: greaterThan(0.5),
  };
}

/** Claims whose rules are their own, and whose numbers are none. */
const lawless: readonly Claim[] = [
  {
    ...claim('own-words'),
    rule: { describe: () => all, decide: () => ({ verdict: 'only-if', condition: all, reason: all }) },
  },
  {
    ...claim('own-verdict'),
    rule: {
      describe: () => all,
      decide: () => ({
        verdict: `"><meta http-equiv=refresh content="0;url=https://evil.example">` as 'refuted',
        reason: all,
      }),
    },
  },
  { ...claim('own-reason'), rule: { describe: () => all, decide: () => ({ verdict: 'refuted' }) as never } },
  {
    ...claim('own-numbers'),
    measurement: { estimate: all as unknown as number, interval: ['0', all] as never, seeds: 3 },
  },
];

/** A study whose every text is an attack. */
export default defineStudy({
  id: 'hostile',
  title: all,
  summary: all,
  authors: attacks,
  parameters: z.object({ label: z.string().default(all) }),
  profiles: { quick: {}, full: {} },
  references: {
    evil: { title: all, authors: attacks, venue: all, url: 'https://x"><script>window.hacked = "reference"</script>' },
  },
  run: () => null,
  claims: () => [claim('hostile-claim'), ...lawless, { ...claim('<script>'), text: 'An id that is no id.' }],
  figures: () => ({
    'fig-lines': () =>
      linesWithBands({
        points: attacks.flatMap((series, i) =>
          [1, 2].map((x) => ({ series, x, y: i + x, interval: [i, i + 2] as const })),
        ),
        xTitle: all,
        yTitle: attacks[0] ?? '',
        caption: all,
        alt: all,
      }),
    'fig-bars': () =>
      groupedBars({
        bars: attacks.map((name, i) => ({ group: name, series: name, value: i + 1, interval: null })),
        groupTitle: all,
        valueTitle: all,
        caption: all,
        alt: all,
      }),
    'fig-grid': () =>
      heatmap({
        rows: attacks,
        columns: ['a'],
        values: attacks.map((_, i) => [i]),
        rowTitle: all,
        columnTitle: all,
        valueTitle: all,
        caption: all,
        alt: all,
      }),
    'fig-own': () => ({
      data: [
        {
          type: 'scatter',
          mode: 'text',
          x: [1],
          y: [1],
          text: [`<a href="https://evil.example">away</a><b>bold</b>`],
          name: all,
        },
      ],
      layout: { title: { text: all }, annotations: [{ text: all, x: 1, y: 1 }] },
      caption: all,
      alt: all,
      table: attacks.map((text) => ({ [text]: text })),
    }),
    'fig-throws': () => {
      throw new Error(all);
    },
    'fig-map': () => ({
      data: [{ type: 'scattergeo' as 'scatter' }],
      layout: {},
      caption: all,
      alt: all,
      table: [{ a: 1 }],
    }),
    ['fig-../../up' as 'fig-up']: () => ({
      data: [{ type: 'scatter', x: [1], y: [1] }],
      layout: {},
      caption: all,
      alt: all,
      table: [{ a: 1 }],
    }),
  }),
  tables: () => ({
    'tbl-hostile': () => ({ columns: [{ key: 'a', label: all }], rows: attacks.map((a) => ({ a })), caption: all }),
  }),
  prose: {
    markdown: `# ${all}

${attacks.join('\n\n')}

[link](javascript:window.hacked='md') [data](data:text/html,<script>window.hacked=1</script>) [vb](vbscript:x)
[ref]: javascript:window.hacked=1 "x"
[ref] ![pixel](https://evil.example/pixel.png) <javascript:window.hacked=1>

{{ parameters.label }} {{ constructor.constructor }} {{ __proto__ }} {{ parameters.label | <script> }}

[x](https://example.org "{{ nothing }}") \`{{ parameters.label }}\`

::: figure ../../../etc/passwd
::: <script>window.hacked=1</script>
@fig-own [@evil] [@"><script>]

$\\href{javascript:window.hacked=1}{x}$ $\\includegraphics{https://evil.example/x.png}$ $<script>window.hacked=1</script>$
[^1] and [a](https://example.org "$x$")

[^1]: <img src=x onerror="window.hacked = 'footnote'"> $\\htmlData{onclick=window.hacked=1}{x}$

::: note <script>window.hacked=1</script>
::: note
## <svg onload="window.hacked=1"> $x$ {#sec-x}
:::
::: include ../../../etc/passwd

\`\`\`html
<script>window.hacked = 'fence'</script>
\`\`\`
`,
  },
});
