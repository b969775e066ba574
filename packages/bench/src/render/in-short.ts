import { markdownTable } from '@relu-lab/report';
import type { ContenderId } from '../contenders.ts';
import { threeDigits } from '../format.ts';
import { entryAt, ratioBetween, secondsOf } from '../lookup.ts';
import { wasQuiet } from '../machine.ts';
import type { Entry, Results } from '../results.ts';
import type { Ratio } from '../statistics.ts';
import { deepSweep, steps } from '../suites.ts';
import { type Work, networkName } from '../work.ts';

const lines: readonly { readonly label: string; readonly work: Work }[] = [
  ...steps.map(({ widths, rows }) => ({
    label: `training step, ${networkName(widths)}, batch ${rows}`,
    work: { kind: 'step', widths, rows } as const,
  })),
  {
    label: 'sweep of 20 deep networks, two workers against two threads',
    work: deepSweep,
  },
  { label: 'matrix product, 256 × 256', work: { kind: 'matrix-product', n: 256 } },
];

const shown: readonly ContenderId[] = ['wasm-simd', 'wasm-relaxed', 'native', 'jax-js', 'tfjs-wasm'];

/** Speed against PyTorch's best, with one or two threads: what the README of the project shows. */
export function inShort(results: Results): string {
  const present = results.contenders.filter(
    ({ id, info }) =>
      info && shown.some((one) => one === id) && results.entries.some(({ contender }) => contender === id),
  );
  const rows = lines.flatMap(({ label, work }) => {
    // Two threads of PyTorch wait for each other while other work runs: no ratio to show.
    if (work.kind === 'sweep' && !wasQuiet(results.machine)) return [];
    const torch = bestTorch(results, work);
    if (!torch) return [];
    return [
      {
        work: label,
        ...Object.fromEntries(
          present.map(({ id }) => {
            const entry = entryAt(results, id as ContenderId, work);
            return [id, entry ? speedText(ratioBetween(entry, torch), threeDigits) : null];
          }),
        ),
      },
    ];
  });
  if (rows.length === 0) return '_PyTorch was not there to compare with._';
  const table = markdownTable(
    [{ key: 'work', label: 'speed against PyTorch' }, ...present.map(({ id, label }) => ({ key: id, label }))],
    rows,
  );
  const reason = reasonNotToCount(results);
  return [...(reason === null ? [] : [`**None of these ratios counts**: ${reason}.`]), withSharedNote(table)].join(
    '\n\n',
  );
}

/** Why ratios against PyTorch do not count; null where they do. */
export function reasonNotToCount({ blas }: Pick<Results, 'blas'>): string | null {
  if (blas === null) return 'PyTorch was not there';
  return blas.counts ? null : blas.reason;
}

const sharedSign = '†';

/** `× 17.9`, with a sign where the core was shared in most rounds. */
export function speedText({ value, shared = false }: Ratio, digits: (value: number) => string): string {
  return `× ${digits(value)}${shared ? sharedSign : ''}`;
}

/** A table of speeds, and what its sign means where it has one. */
export function withSharedNote(table: string): string {
  if (!table.includes(sharedSign)) return table;
  return `${table}\n\n${sharedSign} In most rounds another hyperthread computed on the same core: this ratio says little.`;
}

/** The faster of PyTorch with one and with two threads. */
export function bestTorch(results: Pick<Results, 'entries'>, work: Work): Entry | undefined {
  const found = (['torch-1', 'torch-2'] as const).flatMap((id) => entryAt(results, id, work) ?? []);
  return found.length === 0 ? undefined : found.reduce((a, b) => (secondsOf(a).median <= secondsOf(b).median ? a : b));
}
