import { markdownTable } from '@relu-lab/report';
import { clockTime, duration, threeDigits } from '../format.ts';
import { rateOf } from '../lookup.ts';
import { wasQuiet } from '../machine.ts';
import type { Entry, Results } from '../results.ts';
import { spreadOf } from '../statistics.ts';
import { networkName } from '../work.ts';
import { growthTable } from './growth-table.ts';
import { inShort } from './in-short.ts';
import { crossTable, rateCell, spreadText, timeCell } from './tables.ts';
import { targetsSummary, targetsTable } from './targets-table.ts';

/** A picture of the page: what its files are called, and its words. */
export interface PagePicture {
  readonly id: string;
  readonly alt: string;
  readonly caption: string;
}

/** RESULTS.md: all tables of a set of results, with the pictures that there are. */
export function resultsPage(results: Results, pictures: readonly PagePicture[]): string {
  const picture = (id: string): readonly string[] =>
    pictures.filter((one) => one.id === id).map(({ alt, caption }) => pictureMarkdown(id, alt, caption));
  return `${[
    '# Benchmark results',
    'Made by `npm run bench`; every number and verdict is computed from [results/results.json](results/results.json). What is timed, and how, says the [README](README.md).',
    provenance(results),
    '## In short',
    'How many times faster than PyTorch (the better of 1 and 2 threads); below 1 it is slower.',
    inShort(results),
    ...picture('steps'),
    '## Targets',
    targetsSummary(results),
    targetsTable(results),
    '## Limits of one core',
    'Measured in C. What WebAssembly can reach without wider vectors is the line with 128 bits.',
    limitsTable(results),
    '## Matrix products',
    'GFLOP/s of 2 n³ operations, medians; ± is half the distance between the quartiles.',
    crossTable(results, {
      suite: 'matmul',
      includes: ({ work }) => work.kind === 'matrix-product',
      columns: 'comparisons',
      columnLabel: (comparison) => comparison.replace('matrix product, ', ''),
      cell: rateCell,
      corner: 'GFLOP/s',
    }),
    ...picture('matmul'),
    '## Elementwise',
    'Time over 10⁴ and 10⁶ floats. Backward takes what the forward pass saved; of TensorFlow.js and jax-js it is forward and backward together, for lack of another way.',
    ...['1e4', '1e6'].map((n) =>
      crossTable(results, {
        suite: 'elementwise',
        includes: ({ comparison, work }) => work.kind === 'elementwise' && comparison.includes(n),
        columns: 'contenders',
        columnLabel: (comparison) => comparison.replace(' numbers', ''),
        cell: timeCell,
        corner: 'activation',
      }),
    ),
    '## Training steps',
    'Copy a batch in, forward, softmax cross-entropy, backward, update. PyTorch with 2 threads is timed on the wall, all else by CPU time.',
    crossTable(results, {
      suite: 'steps',
      includes: ({ work }) => work.kind === 'step',
      columns: 'comparisons',
      columnLabel: (comparison) => comparison.replace('training step, ', ''),
      cell: timeCell,
      corner: '',
    }),
    'The matrix products of the wide ones alone:',
    crossTable(results, {
      suite: 'steps',
      includes: ({ work }) => work.kind === 'step-products',
      columns: 'comparisons',
      columnLabel: (comparison) => comparison.replace('training step, ', ''),
      cell: timeCell,
      corner: '',
    }),
    '## Forward passes',
    crossTable(results, { suite: 'forward', columns: 'comparisons', cell: timeCell, corner: '' }),
    '## Sweeps',
    'Depth 50, width 256, batch 256, forward with the variance and the share of zeros of every layer; ours over two workers, PyTorch with two threads, on the wall.',
    crossTable(results, { suite: 'sweep', columns: 'comparisons', cell: timeCell, corner: '' }),
    '## Normal numbers',
    crossTable(results, { suite: 'normal', columns: 'comparisons', cell: timeCell, corner: '' }),
    '## How cost grows',
    `Exponents b of time ~ xᵇ, by least squares on logarithms. The base is ${networkName('64x5')}, batch 128 for width, 64 for depth.`,
    growthTable(results),
    '## Theory, analysis and data',
    tasksTable(results),
    '## Who took part',
    contendersTable(results),
    refusalsList(results),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function provenance({ started, took, machine, effort, blas, entries }: Results): string {
  const torch = blas
    ? `PyTorch stands on ${blas.name} (${blas.detail}), whose product of 512 × 512 reaches ${blas.shareOfPeak === null ? 'an unknown share' : `${Math.round(blas.shareOfPeak * 100)} %`} of the peak${blas.counts ? '' : `: **ratios against it do not count**, since ${blas.reason}`}.`
    : 'PyTorch was not there.';
  const noise = wasQuiet(machine)
    ? ''
    : ' **Other work ran on this machine**: compare ratios, and do not believe what several threads took.';
  return `${started.slice(0, 16).replace('T', ' ')} UTC, ${machine.processor}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}, commit ${machine.commit ?? 'unknown'}; ${effort.rounds} rounds in ${clockTime(took)}, other work on ${machine.load.toFixed(1)} processors.${noise}${sharedCore(entries)} ${torch}`;
}

/** How often no moment came in which the core was not shared; nothing where nobody watched. */
function sharedCore(entries: readonly Entry[]): string {
  const watched = entries.filter(({ sharedRounds }) => sharedRounds !== undefined);
  if (watched.length === 0) return '';
  const timings = watched.reduce((sum, { seconds }) => sum + seconds.length, 0);
  const shared = watched.reduce((sum, { sharedRounds = 0 }) => sum + sharedRounds, 0);
  return ` In ${threeDigits((100 * shared) / timings)} % of the timings of one thread another hyperthread computed on the same core.`;
}

function limitsTable({ entries }: Results): string {
  const names: Readonly<Record<string, string>> = {
    fma: 'fused multiply-add, widest vectors',
    'fma-128': 'fused multiply-add, 128 bits',
    'multiply-add-128': 'multiply, then add, 128 bits',
    copy: 'scaled copy, 8 bytes an element',
    triad: 'triad, 12 bytes an element',
  };
  const rows = entries.flatMap((entry) => {
    const { suite, work } = entry;
    if (suite !== 'limits' || work.kind !== 'limit') return [];
    const floats = work.name === 'copy' || work.name === 'triad' ? `, ${work.n.toExponential(0)} floats` : '';
    return [{ limit: names[work.name] + floats, rate: `${rateCell(entry)} ${rateOf(entry)?.unit ?? ''}` }];
  });
  if (rows.length === 0) return '_Not measured: no C compiler, or this part did not run._';
  return markdownTable(
    [
      { key: 'limit', label: 'limit' },
      { key: 'rate', label: 'measured' },
    ],
    rows,
  );
}

function tasksTable({ entries }: Results): string {
  const rows = entries
    .filter(({ work }) => work.kind === 'task')
    .map((entry: Entry) => {
      const rate = rateOf(entry);
      return {
        task: entry.task?.label ?? entry.comparison,
        time: duration(spreadOf(entry.seconds).median) + spreadText(entry),
        rate: rate ? `${threeDigits(rate.value)} ${rate.unit}` : null,
      };
    });
  if (rows.length === 0) return '_This part of the bench did not run._';
  return markdownTable(
    [
      { key: 'task', label: 'task' },
      { key: 'time', label: 'time' },
      { key: 'rate', label: 'rate' },
    ],
    rows,
  );
}

function contendersTable({ contenders }: Results): string {
  return markdownTable(
    [
      { key: 'who', label: 'who' },
      { key: 'what', label: 'what it says of itself, or why it did not run' },
    ],
    contenders.map(({ label, info, missing }) => ({
      who: label,
      what:
        missing ??
        Object.entries(info ?? {})
          .filter(([key, value]) => value !== '' && key !== 'blasFiles')
          .map(([key, value]) => `${key} ${value}`)
          .join(', '),
    })),
  );
}

function refusalsList({ refusals, contenders }: Results): string {
  const label = new Map(contenders.map(({ id, label: text }) => [id, text]));
  if (refusals.length === 0) return '';
  const lines = refusals.map(
    ({ comparison, contender, reason }) => `- ${label.get(contender) ?? contender}, ${comparison}: ${reason}`,
  );
  return ['What could not be done:', lines.join('\n')].join('\n\n');
}

/** Light or dark as the page that shows it. */
function pictureMarkdown(id: string, alt: string, caption: string): string {
  const dark = `<source media="(prefers-color-scheme: dark)" srcset="results/${id}-dark.svg">`;
  return `<picture>${dark}<img alt="${alt.replaceAll('"', '&quot;')}" src="results/${id}.svg"></picture>\n\n_${caption}_`;
}
