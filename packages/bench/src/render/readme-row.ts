import { ParameterError } from '@relu-lab/core';
import { markdownTable } from '@relu-lab/report';
import type { ContenderId } from '../contenders.ts';
import { entryAt } from '../lookup.ts';
import type { Results } from '../results.ts';
import { ratioOf } from '../statistics.ts';
import { steps } from '../suites.ts';
import { networkName } from '../work.ts';
import { bestTorch } from './in-short.ts';

const begin = '<!-- speed: written by npm run bench -->';
const end = '<!-- /speed -->';

const shown: readonly (readonly [ContenderId, string])[] = [
  ['wasm-simd', 'ReLU Lab, Node 20'],
  ['wasm-relaxed', 'Node 24'],
  ['native', 'native accelerator'],
  ['jax-js', 'jax-js'],
  ['tfjs-wasm', 'TensorFlow.js'],
];

/**
 * The project's README with its small table of speeds made anew, between two comments; what is outside them stays.
 *
 * @throws ParameterError when the README has no such comments.
 */
export function withSpeed(readme: string, results: Results): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new ParameterError(`The README has no place for speeds: '${begin}' … '${end}'`);
  return `${readme.slice(0, from + begin.length)}\n\n${speedTable(results)}\n\n${readme.slice(to)}`;
}

/** Training steps a second over those of PyTorch, the better of 1 and 2 threads. */
function speedTable(results: Results): string {
  const rows = steps.flatMap(({ widths, rows: batch }) => {
    const work = { kind: 'step', widths, rows: batch } as const;
    const torch = bestTorch(results, work);
    if (!torch) return [];
    const speeds = shown.map(([id]) => {
      const entry = entryAt(results, id, work);
      return [id, entry ? `× ${ratioOf(entry.seconds, torch.seconds).value.toPrecision(2)}` : null] as const;
    });
    return [{ step: `${networkName(widths)}, batch ${batch}`, ...Object.fromEntries(speeds) }];
  });
  return markdownTable(
    [{ key: 'step', label: 'one training step, PyTorch = 1' }, ...shown.map(([key, label]) => ({ key, label }))],
    rows,
  );
}
