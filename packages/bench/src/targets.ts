import type { ContenderId } from './contenders.ts';
import { threeDigits } from './format.ts';
import { entryAt, limitBeside, ratioBetween, secondsOf } from './lookup.ts';
import { wasQuiet } from './machine.ts';
import type { Results } from './results.ts';
import type { Ratio } from './statistics.ts';
import { backwardActivations, deepSweep, steps, wideSteps } from './suites.ts';
import { type LimitName, type TimedActivation, type Work, amountOf, networkName } from './work.ts';

/** A floor (or, for `atMost`, a ceiling) that a ratio shall keep, in one run of the bench. */
export interface Target {
  readonly work: string;
  readonly contender: ContenderId;
  /** Node's major version that is meant, where one is. */
  readonly node?: string;
  readonly against: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Whether it compares with PyTorch, and so counts only over an optimised BLAS. */
  readonly torch: boolean;
  /** Whether several threads compete, whose time on the wall means nothing while other work runs. */
  readonly threads?: boolean;
  ratio(results: Results): Ratio | undefined;
  /** What the machine itself gives at best, to be shown beside it. */
  readonly control?: { readonly label: string; ratio(results: Results): Ratio | undefined };
}

export type TargetVerdict = 'met' | 'missed' | 'not measured' | 'not counted';

/** A target and what was measured. */
export interface DecidedTarget {
  readonly target: Target;
  readonly measured: Ratio | null;
  readonly verdict: TargetVerdict;
  /** Why it was not measured, or does not count. */
  readonly reason?: string;
  /** What the machine itself gave, where the target has a control that was measured. */
  readonly control?: string;
}

const matrixTargets: readonly Target[] = [64, 128, 256, 512, 1024].flatMap((n) => {
  const work: Work = { kind: 'matrix-product', n };
  const of = (contender: ContenderId, limit: LimitName, against: string, atLeast: number): Target => ({
    work: `matrix product, n = ${n}`,
    contender,
    against,
    atLeast,
    torch: false,
    ratio: (results) => overLimit(results, contender, work, limit),
  });
  return [
    { ...of('wasm-simd', 'fma-128', '128-bit ceiling, in C', 0.45), node: '20' },
    { ...of('wasm-relaxed', 'fma-128', '128-bit ceiling, in C', 0.8), node: '24' },
    of('native', 'fma', 'peak of the core, in C', n === 64 ? 0.65 : 0.75),
  ];
});

const memoryBound: readonly (readonly [TimedActivation, 'forward' | 'backward'])[] = [
  ['relu', 'forward'],
  ['leaky-relu', 'forward'],
  ['relu', 'backward'],
  ['leaky-relu', 'backward'],
  ['elu', 'backward'],
  ['selu', 'backward'],
  ['sigmoid', 'backward'],
  ['tanh', 'backward'],
];

const memoryTargets: readonly Target[] = memoryBound.flatMap(([activation, direction]) =>
  (['copy', 'triad'] as const).map((limit): Target => {
    const n = limit === 'copy' ? 1e4 : 1e6;
    const work: Work = { kind: 'elementwise', activation, direction, n };
    return {
      work: `${activation} ${direction}, ${n === 1e4 ? '1e4' : '1e6'} numbers`,
      contender: 'wasm-simd',
      against: `${limit}, in C`,
      atLeast: 0.85,
      torch: false,
      ratio: (results) => overLimit(results, 'wasm-simd', work, limit),
    };
  }),
);

const exponentialFloors: readonly (readonly [TimedActivation, 'forward' | 'backward', number])[] = [
  ['elu', 'forward', 0.7],
  ['selu', 'forward', 0.7],
  ['sigmoid', 'forward', 0.5],
  ['tanh', 'forward', 1.3],
  ['gelu', 'forward', 0.3],
  ...backwardActivations
    .filter((name) => name === 'gelu' || name === 'silu' || name === 'mish')
    .map((name) => [name, 'backward', 0.6] as const),
];

const exponentialTargets: readonly Target[] = exponentialFloors.map(([activation, direction, atLeast]) =>
  versusTorch(
    `${activation} ${direction}, 1e6 numbers`,
    'wasm-simd',
    { kind: 'elementwise', activation, direction, n: 1e6 },
    ['torch-1'],
    atLeast,
  ),
);

const stepFloors: readonly (readonly [ContenderId, string | undefined, number, readonly ContenderId[], number])[] = [
  ['wasm-simd', '20', 0, ['torch-1', 'torch-2'], 12],
  ['wasm-simd', '20', 1, ['torch-1', 'torch-2'], 3.5],
  ['wasm-simd', '20', 2, ['torch-1', 'torch-2'], 1.1],
  ['wasm-relaxed', '24', 0, ['torch-1', 'torch-2'], 20],
  ['wasm-relaxed', '24', 1, ['torch-1', 'torch-2'], 6],
  ['wasm-relaxed', '24', 2, ['torch-1', 'torch-2'], 1.5],
  ['native', undefined, 3, ['torch-1'], 1.2],
  ['native', undefined, 4, ['torch-1'], 1.1],
];

const stepTargets: readonly Target[] = stepFloors.map(([contender, node, index, against, atLeast]) => {
  const { widths, rows } = steps[index];
  const target = versusTorch(
    `training step, ${networkName(widths)}, batch ${rows}`,
    contender,
    { kind: 'step', widths, rows },
    against,
    atLeast,
  );
  return node === undefined ? target : { ...target, node };
});

const sweepTarget: Target = {
  ...versusTorch(
    'sweep of 20 seeds, depth 50, width 256, batch 256, two workers',
    'native',
    deepSweep,
    ['torch-2'],
    1.4,
  ),
  threads: true,
};

const wholeStepTargets: readonly Target[] = wideSteps.flatMap(({ widths, rows }) =>
  (['wasm-simd', 'wasm-relaxed', 'native'] as const).map((contender): Target => ({
    work: `whole step, ${networkName(widths)}, batch ${rows}`,
    contender,
    against: 'its own matrix products',
    atMost: 1.25,
    torch: false,
    ratio: (results) => {
      const step = entryAt(results, contender, { kind: 'step', widths, rows });
      const products = entryAt(results, contender, { kind: 'step-products', widths, rows });
      return step && products && ratioBetween(products, step);
    },
  })),
);

const watching: Target = {
  work: 'training run with a unit timeline',
  contender: 'wasm-simd',
  against: 'the same without',
  atMost: 1.15,
  torch: false,
  ratio: (results) => betweenTasks(results, 'train', 'train-watched'),
};

const poolEfficiency: Target = {
  work: 'sweep over a pool of two workers',
  contender: 'wasm-simd',
  against: 'half the time of one worker',
  atLeast: 0.9,
  torch: false,
  threads: true,
  ratio: (results) => overHalf(results, 'pool-of-two'),
  control: { label: 'two pools of one worker', ratio: (results) => overHalf(results, 'two-pools-of-one') },
};

/** Half the time of one worker over that of a task on two. */
function overHalf(results: Results, task: string): Ratio | undefined {
  const ratio = betweenTasks(results, task, 'pool-of-one');
  return (
    ratio && {
      value: ratio.value / 2,
      quartiles: ratio.quartiles && [ratio.quartiles[0] / 2, ratio.quartiles[1] / 2],
    }
  );
}

const bornDeadTrials: Target = {
  work: '1000 born-dead trials, width 8, depth 20',
  contender: 'wasm-simd',
  against: 'one second',
  atMost: 2,
  torch: false,
  ratio: (results) => {
    const entry = entryAt(results, 'wasm-simd', { kind: 'task', name: 'born-dead' });
    if (!entry) return undefined;
    const { median: value, lowerQuartile, upperQuartile } = secondsOf(entry);
    return { value, quartiles: [lowerQuartile, upperQuartile] };
  },
};

/** Time of the second task over that of the first. */
function betweenTasks(results: Results, first: string, second: string): Ratio | undefined {
  const entries = [first, second].map((name) => entryAt(results, 'wasm-simd', { kind: 'task', name }));
  return entries[0] && entries[1] && ratioBetween(entries[0], entries[1]);
}

/** All targets, in the order of their table. */
export const targets: readonly Target[] = [
  ...matrixTargets,
  ...memoryTargets,
  ...exponentialTargets,
  ...stepTargets,
  sweepTarget,
  ...wholeStepTargets,
  watching,
  poolEfficiency,
  bornDeadTrials,
];

/** Every target with what these results say of it. */
export function decideTargets(results: Results): readonly DecidedTarget[] {
  return targets.map((target) => decideTarget(target, results));
}

function decideTarget(target: Target, results: Results): DecidedTarget {
  const record = results.contenders.find(({ id }) => id === target.contender);
  const undecided = (reason: string): DecidedTarget => ({ target, measured: null, verdict: 'not measured', reason });
  if (!record?.info) return undecided(record?.missing ?? 'not among the contenders');
  const node = record.info['node']?.split('.')[0];
  if (target.node !== undefined && node !== target.node) return undecided(`it ran on Node ${node ?? 'unknown'}`);
  const measured = target.ratio(results);
  if (!measured) return undecided(reasonWithout(target, results));
  if (target.torch && results.blas?.counts !== true) {
    return { target, measured, verdict: 'not counted', reason: results.blas?.reason ?? 'nothing is known of the BLAS' };
  }
  if (target.threads && !wasQuiet(results.machine)) {
    const reason = `other work kept ${results.machine.load.toFixed(1)} processors busy`;
    return { target, measured, verdict: 'not counted', reason };
  }
  if (measured.shared === true) {
    return { target, measured, verdict: 'not counted', reason: 'the core was shared in most rounds' };
  }
  const kept = target.atMost === undefined ? measured.value >= (target.atLeast ?? 0) : measured.value <= target.atMost;
  const beside = target.control?.ratio(results);
  return {
    target,
    measured,
    verdict: kept ? 'met' : 'missed',
    ...(beside && { control: `${target.control?.label ?? ''}: ${threeDigits(beside.value)}` }),
  };
}

function reasonWithout({ torch, contender }: Target, { contenders, refusals }: Results): string {
  const other = contenders.find(({ id }) => id === (torch ? 'torch-1' : 'limits'));
  if (other?.missing !== undefined) return other.missing;
  const refused = refusals.find((one) => one.contender === contender || (torch && one.contender.startsWith('torch')));
  return refused ? `${refused.comparison}: ${refused.reason}` : 'this part of the bench did not run';
}

/** Share of a limit of the machine that was measured in the same rounds, by rates. */
function overLimit(results: Results, contender: ContenderId, work: Work, name: LimitName): Ratio | undefined {
  const entry = entryAt(results, contender, work);
  const limit = entry && limitBeside(results, entry, name);
  if (!entry || !limit) return undefined;
  const units = { ours: amountOf(entry.work)?.value ?? NaN, theirs: amountOf(limit.work)?.value ?? NaN };
  return ratioBetween(entry, limit, units);
}

/** How much faster than the best of some PyTorch contenders. */
function versusTorch(
  name: string,
  contender: ContenderId,
  work: Work,
  against: readonly ContenderId[],
  atLeast: number,
): Target {
  return {
    work: name,
    contender,
    against:
      against.length > 1
        ? 'PyTorch, best of 1 and 2 threads'
        : against[0] === 'torch-1'
          ? 'PyTorch, 1 thread'
          : 'PyTorch, 2 threads',
    atLeast,
    torch: true,
    ratio: (results) => {
      const entry = entryAt(results, contender, work);
      const others = against.flatMap((id) => entryAt(results, id, work) ?? []);
      if (!entry || others.length === 0) return undefined;
      const best = others.reduce((a, b) => (secondsOf(a).median <= secondsOf(b).median ? a : b));
      return ratioBetween(entry, best);
    },
  };
}
