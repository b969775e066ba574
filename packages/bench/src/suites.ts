import type { ContenderId } from './contenders.ts';
import type { SuiteName } from './results.ts';
import { tasks } from './tasks.ts';
import { type LimitName, type TimedActivation, type Work, networkName } from './work.ts';

/** Works that are timed in the same rounds, by all contenders that enter, or by those who are named. */
export interface Comparison {
  readonly suite: SuiteName;
  readonly name: string;
  readonly works: readonly { readonly work: Work; readonly by?: readonly ContenderId[] }[];
  /** Seconds that all rounds of one contender may take. */
  readonly patience: number;
}

const matrixSizes = [64, 128, 256, 512, 1024];
const lengths = [1e4, 1e6];
/** Operations of one run of a limit of computing: some milliseconds. */
const limitOperations = 1e8;

export const forwardActivations: readonly TimedActivation[] = [
  'relu',
  'leaky-relu',
  'elu',
  'selu',
  'gelu',
  'sigmoid',
  'tanh',
];
export const backwardActivations: readonly TimedActivation[] = [...forwardActivations, 'silu', 'mish'];

/** Networks of the training steps, from a toy to deep. */
export const steps: readonly { readonly widths: string; readonly rows: number }[] = [
  { widths: '2-16-16-2', rows: 32 },
  { widths: '16x21', rows: 64 },
  { widths: '2-64-64-2', rows: 128 },
  { widths: '784-256-256-10', rows: 128 },
  { widths: '256x31', rows: 256 },
];

/** Networks whose whole step is held against its own matrix products. */
export const wideSteps: readonly { readonly widths: string; readonly rows: number }[] = steps.slice(3);

const limit = (name: LimitName, n: number): { readonly work: Work } => ({ work: { kind: 'limit', name, n } });

const limits: readonly Comparison[] = [
  {
    suite: 'limits',
    name: 'limits of one core',
    patience: 1,
    works: [
      limit('fma', limitOperations),
      limit('fma-128', limitOperations),
      limit('multiply-add-128', limitOperations),
      ...lengths.flatMap((n) => [limit('copy', n), limit('triad', n)]),
    ],
  },
];

const matmul: readonly Comparison[] = matrixSizes.map((n) => ({
  suite: 'matmul',
  name: `matrix product, n = ${n}`,
  patience: 1.5,
  works: [{ work: { kind: 'matrix-product', n } }, limit('fma', limitOperations), limit('fma-128', limitOperations)],
}));

const elementwise: readonly Comparison[] = lengths.flatMap((n) =>
  (['forward', 'backward'] as const).flatMap((direction) =>
    (direction === 'forward' ? forwardActivations : backwardActivations).map((activation): Comparison => ({
      suite: 'elementwise',
      name: `${activation} ${direction}, ${n.toExponential().replace('e+', 'e')} numbers`,
      patience: 0.5,
      works: [{ work: { kind: 'elementwise', activation, direction, n } }, limit('copy', n), limit('triad', n)],
    })),
  ),
);

const trainingSteps: readonly Comparison[] = steps.map(({ widths, rows }) => ({
  suite: 'steps',
  name: `training step, ${networkName(widths)}, batch ${rows}`,
  patience: 4,
  works: [
    { work: { kind: 'step', widths, rows } },
    ...(wideSteps.some((wide) => wide.widths === widths)
      ? [{ work: { kind: 'step-products', widths, rows } } as const]
      : []),
  ],
}));

const forwards: readonly Comparison[] = [steps[2], steps[3], { widths: '256x51', rows: 256 }].map(
  ({ widths, rows }) => ({
    suite: 'forward',
    name: `forward, ${networkName(widths)}, batch ${rows}`,
    patience: 1.5,
    works: [{ work: { kind: 'forward', widths, rows } }],
  }),
);

const deep = { kind: 'sweep', depth: 50, width: 256, rows: 256, workers: 2 } as const;

/** Forward passes through 20 deep networks, with what a study keeps of them. */
export const deepSweep: Work = { ...deep, seeds: 20, weights: 'given' };

const sweeps: readonly Comparison[] = [
  {
    suite: 'sweep',
    name: 'sweep of 20 seeds, weights given',
    patience: 8,
    works: [{ work: deepSweep }],
  },
  {
    suite: 'sweep',
    name: 'sweep of 4 seeds, weights drawn',
    patience: 4,
    works: [{ work: { ...deep, seeds: 4, weights: 'drawn' } }],
  },
];

const normals: readonly Comparison[] = [
  {
    suite: 'normal',
    name: 'normal numbers, 256 × 256',
    patience: 1,
    works: [{ work: { kind: 'normal', n: 256 * 256 } }],
  },
];

/** Who shows how cost grows. */
const growing: readonly ContenderId[] = ['wasm-simd', 'native'];

const growth = (name: string, works: readonly Work[]): Comparison => ({
  suite: 'growth',
  name,
  patience: 1,
  works: works.map((work) => ({ work, by: growing })),
});

/** How cost grows: what is varied, and the exponent to expect at the large end. */
export function growthComparisons(cores: number): readonly Comparison[] {
  const workers = Array.from({ length: cores }, (_, i) => i + 1).filter((n) => n === cores || (n & (n - 1)) === 0);
  return [
    growth(
      'width',
      [16, 32, 64, 128, 256, 512].map((width) => ({ kind: 'step', widths: `${width}x5`, rows: 128 })),
    ),
    growth(
      'depth',
      [2, 4, 8, 16, 32].map((depth) => ({ kind: 'step', widths: `64x${depth + 1}`, rows: 64 })),
    ),
    growth(
      'batch',
      [8, 16, 32, 64, 128, 256, 512].map((rows) => ({ kind: 'step', widths: '64x5', rows })),
    ),
    growth(
      'workers',
      workers.map((count) => ({
        kind: 'sweep',
        seeds: 8 * cores,
        depth: 10,
        width: 128,
        rows: 128,
        workers: count,
        weights: 'given',
      })),
    ),
  ];
}

/** Each task alone, or those of one group in the same rounds. */
const ownTasks: readonly Comparison[] = [
  ...new Set(Object.entries(tasks).map(([name, { group = name }]) => group)),
].map((group): Comparison => {
  const members = Object.entries(tasks).filter(([name, task]) => (task.group ?? name) === group);
  const [[, { suite, label }]] = members;
  return {
    suite,
    name: members.length > 1 ? group : label,
    patience: 6,
    works: members.map(([name]) => ({ work: { kind: 'task', name }, by: ['wasm-simd'] })),
  };
});

/** All comparisons of some suites, in their order. */
export function comparisons(suites: readonly SuiteName[], cores: number): readonly Comparison[] {
  const all = [
    ...limits,
    ...matmul,
    ...elementwise,
    ...trainingSteps,
    ...forwards,
    ...sweeps,
    ...normals,
    ...growthComparisons(cores),
    ...ownTasks,
  ];
  return all.filter(({ suite }) => suites.includes(suite));
}
