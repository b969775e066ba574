import { decideClaim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { claimsOf, overTheory, smallOverLarge } from './claims.ts';

/** What a made-up study measured, in every one of five seeds up to a small wobble. */
interface Made {
  /** Growth of signals by σ_w². */
  readonly scale: Readonly<Record<number, number>>;
  readonly tanhBackward: number;
  readonly residual: { readonly forward: number; readonly batchBackward: number };
  readonly batch: { readonly forward: number; readonly backward: number };
  readonly layer: { readonly forward: number; readonly backward: number };
  /** What gradients of tanh grow by under batch norm over theory, in narrow layers and in wide ones, and those of the other activations. */
  readonly beyond: { readonly narrow: number; readonly wide: number; readonly others: number };
  /** Growth of gradients in the smallest batch. */
  readonly smallBatch: number;
  readonly accuracy: Readonly<Record<'none' | 'batch' | 'layer', number>>;
}

const piRate = Math.PI / (Math.PI - 1);

const asExpected: Made = {
  scale: { 2: 1, 3: 1.5, 4: 2 },
  tanhBackward: 1.34,
  residual: { forward: 2, batchBackward: 1.15 },
  batch: { forward: 1, backward: piRate },
  layer: { forward: 1, backward: 1 },
  beyond: { narrow: 1.02, wide: 1.006, others: 1.025 },
  smallBatch: 2.8,
  accuracy: { none: 0.1, batch: 0.2, layer: 0.6 },
};

function rowsOf(made: Made): readonly Row[] {
  return [1, 2, 3, 4, 5].flatMap((seed) => {
    const wobble = 1 + (seed - 3) / 1000;
    const growth = (study: string, rest: Row): Row => ({ kind: 'growth', study, seed, ...rest });
    return [
      ...Object.entries(made.scale).map(([weightVariance, forward]) =>
        growth('scale', {
          weightVariance: Number(weightVariance),
          forward: forward * wobble,
          expectedForward: Number(weightVariance) / 2,
        }),
      ),
      growth('activation', { activation: 'tanh', backward: made.tanhBackward * wobble, expectedBackward: 1.34 }),
      growth('residual', { normalization: 'none', forward: made.residual.forward * wobble }),
      growth('residual', { normalization: 'batch', backward: made.residual.batchBackward * wobble }),
      ...(['batch', 'layer'] as const).map((normalization) =>
        growth('norm', {
          normalization,
          forward: made[normalization].forward * wobble,
          backward: made[normalization].backward * (1 + (seed - 3) / 2000),
        }),
      ),
      ...(['selu', 'tanh', 'sigmoid'] as const).map((activation) =>
        growth('norm-activation', {
          ...{ activation, expectedBackward: 1.1 },
          backward: 1.1 * (1 + (activation === 'tanh' ? made.beyond.narrow - 1 : made.beyond.others - 1) * wobble),
        }),
      ),
      growth('norm-wide', { activation: 'tanh', expectedBackward: 1.1, backward: 1.1 * made.beyond.wide }),
      growth('batch', { samples: 4, backward: made.smallBatch * wobble }),
      growth('batch', { samples: 64, backward: 1.5 }),
      ...Object.entries(made.accuracy).map(([normalization, accuracy]) => ({
        ...{ kind: 'run', weightVariance: 4, normalization, seed, learningRate: 0.1, trainingLoss: 1 },
        accuracy: accuracy * wobble,
      })),
      // A rate that does not suit it is not held against it.
      ...['none', 'batch', 'layer'].map((normalization) => ({
        ...{ kind: 'run', weightVariance: 4, normalization, seed, learningRate: 1, trainingLoss: 2, accuracy: 0.1 },
      })),
    ];
  });
}

function verdict(id: string, change: Partial<Made> = {}): string {
  const rows = rowsOf({ ...asExpected, ...change });
  const claim = claimsOf(rows, { depth: 30, trainedDepth: 20 }).find((candidate) => candidate.id === id);
  if (!claim) throw new Error(`There is no claim '${id}'`);
  return decideClaim(claim, 'full').verdict;
}

describe('the rule of each claim decides on both sides', () => {
  it.each<[string, string, string, Partial<Made>]>([
    ['explodes', 'only-if', 'refuted', { scale: { 2: 1, 3: 1.1 } }],
    ['explodes', 'only-if', 'supported', { scale: { 2: 1.4, 3: 1.5 } }],
    ['unbounded-is-harmless', 'supported', 'refuted', { scale: { 2: 1.4, 3: 1.5 } }],
    ['half-the-weight-variance', 'supported', 'refuted', { scale: { 2: 1.3, 3: 1.9 } }],
    ['bounded-is-no-cure', 'refuted', 'supported', { tanhBackward: 1 }],
    ['residual-sums-double', 'supported', 'refuted', { residual: { forward: 1.5, batchBackward: 1.15 } }],
    ['batch-norm-holds-signals', 'supported', 'refuted', { batch: { forward: 1.2, backward: 1 } }],
    ['layer-norm-holds-signals', 'supported', 'refuted', { layer: { forward: 1.2, backward: 1 } }],
    ['batch-norm-manages-gradients', 'refuted', 'supported', { batch: { forward: 1, backward: 1 } }],
    ['batch-norm-explodes-gradients', 'supported', 'refuted', { batch: { forward: 1, backward: 1.2 } }],
    ['layer-norm-keeps-gradients', 'supported', 'refuted', { layer: { forward: 1, backward: 1.4 } }],
    ['batch-norm-of-others', 'refuted', 'supported', { beyond: { narrow: 1.008, wide: 1, others: 1.009 } }],
    ['excess-fades-with-width', 'supported', 'refuted', { beyond: { narrow: 1.02, wide: 1.0125, others: 1.025 } }],
    ['small-batches-grow-faster', 'supported', 'refuted', { smallBatch: 1.2 }],
    ['skips-tame-batch-norm', 'supported', 'refuted', { residual: { forward: 2, batchBackward: 1.6 } }],
    ['layer-norm-trains', 'supported', 'refuted', { accuracy: { none: 0.51, batch: 0.2, layer: 0.6 } }],
    ['batch-norm-trains', 'refuted', 'supported', { accuracy: { none: 0.1, batch: 0.555, layer: 0.6 } }],
    ['batch-norm-trains', 'refuted', 'supported', { accuracy: { none: 0.1, batch: 0.7, layer: 0.6 } }],
  ])('%s: %s, or %s', (id, usual, otherwise, against) => {
    expect(verdict(id)).toBe(usual);
    expect(verdict(id, against)).toBe(otherwise);
  });

  it('takes 6 points for worse, and 4 for no worse', () => {
    expect(verdict('batch-norm-trains', { accuracy: { none: 0.1, batch: 0.54, layer: 0.6 } })).toBe('refuted');
    expect(verdict('batch-norm-trains', { accuracy: { none: 0.1, batch: 0.56, layer: 0.6 } })).toBe('supported');
  });
});

describe('what claims rest on', () => {
  it('compares growth with theory over all weight scales, by the geometric mean', () => {
    const scale = (forward: number, expectedForward: number) => ({
      ...{ kind: 'growth', study: 'scale', seed: 1, forward, expectedForward },
    });
    expect(overTheory([scale(2, 1), scale(1, 2), scale(4, 1)]).get(1)).toBeCloseTo(4 ** (1 / 3), 12);
  });

  it('divides the growth in the smallest batch by that in the largest', () => {
    const batch = (samples: number, backward: number) => ({
      ...{ kind: 'growth', study: 'batch', seed: 1, samples, backward },
    });
    expect(smallOverLarge([batch(16, 9), batch(4, 3), batch(64, 1.5)]).get(1)).toBe(2);
  });
});
