import { ParameterError } from '@relu-lab/core';
import { markdownTable } from '@relu-lab/report';
import type { ContenderId } from '../contenders.ts';
import { entryAt, ratioBetween } from '../lookup.ts';
import type { Results } from '../results.ts';
import type { Ratio } from '../statistics.ts';
import { steps } from '../suites.ts';
import { type Work, networkName } from '../work.ts';
import { bestTorch, speedText, withSharedNote } from './in-short.ts';

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
 * The project's README with its sentence on speed and its small table made anew, between two comments; what is outside them stays.
 *
 * @throws ParameterError when the README has no such comments.
 */
export function withSpeed(readme: string, results: Results): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new ParameterError(`The README has no place for speeds: '${begin}' … '${end}'`);
  return `${readme.slice(0, from + begin.length)}\n\n${sentence(results)}\n\n${speedTable(results)}\n\n${readme.slice(to)}`;
}

/** What the table says, in words: whose training steps are faster than in PyTorch, by more than rounds differ. */
function sentence(results: Results): string {
  const works = stepWorks.filter((work) => bestTorch(results, work) !== undefined);
  const verdicts = works.map((work) => {
    const [alone, native] = [speedOf(results, 'wasm-simd', work), speedOf(results, 'native', work)].map(outcome);
    return { work, verdict: alone === 'faster' ? 'alone' : native } as const;
  });
  const parts = phrases.flatMap(([verdict, phrase]) => {
    const own = verdicts.filter((one) => one.verdict === verdict).map(({ work }) => work);
    return own.length === 0 ? [] : [`${phrase} for ${names(own)}`];
  });
  return `Studies train many small networks. A training step is ${parts.join(', ')} ([all results](packages/bench/RESULTS.md)).`;
}

const phrases = [
  ['alone', 'faster here on one thread than in PyTorch on the better of one and two'],
  ['faster', 'faster with the optional native accelerator'],
  ['even', 'about as fast with the optional native accelerator'],
  ['slower', 'slower'],
] as const;

function outcome(speed: Ratio | undefined): 'faster' | 'even' | 'slower' {
  if (speed === undefined) return 'slower';
  const [low, high] = speed.quartiles ?? [speed.value, speed.value];
  return low > 1 ? 'faster' : high < 1 ? 'slower' : 'even';
}

function names(works: readonly StepWork[]): string {
  return new Intl.ListFormat('en-GB').format(works.map(({ widths }) => networkName(widths)));
}

/** Training steps a second over those of PyTorch, the better of 1 and 2 threads. */
function speedTable(results: Results): string {
  const rows = stepWorks.flatMap((work) => {
    if (!bestTorch(results, work)) return [];
    const speeds = shown.map(([id]) => {
      const speed = speedOf(results, id, work);
      return [id, speed ? speedText(speed, (value) => value.toPrecision(2)) : null] as const;
    });
    return [{ step: `${networkName(work.widths)}, batch ${work.rows}`, ...Object.fromEntries(speeds) }];
  });
  return withSharedNote(
    markdownTable(
      [{ key: 'step', label: 'one training step, PyTorch = 1' }, ...shown.map(([key, label]) => ({ key, label }))],
      rows,
    ),
  );
}

type StepWork = Extract<Work, { readonly kind: 'step' }>;

const stepWorks: readonly StepWork[] = steps.map(({ widths, rows }) => ({ kind: 'step', widths, rows }));

/** How much faster than the better PyTorch. */
function speedOf(results: Results, contender: ContenderId, work: Work): Ratio | undefined {
  const [entry, torch] = [entryAt(results, contender, work), bestTorch(results, work)];
  return entry && torch && ratioBetween(entry, torch);
}
