import type { Row } from '@relu-lab/sweep';
import { describe, expect, it } from 'vitest';
import { triedRules } from '../tried-rules.ts';
import { type Shapes, claimsOf, predictedStep, timedClaims, withExponential } from './claims.ts';
import { workOf } from './work.ts';

const shapes: Shapes = { batchSize: 10, widths: [10, 100, 1000], elements: [100, 1000, 10_000] };

const asExpected = {
  max: 0,
  comparison: 0,
  /** Times ReLU's element. */
  exponential: 5,
  leaky: 1.1,
  /** Of an element in a large array, times one in the caches. */
  large: 3,
  /** Of ReLU in a step, by width. */
  shares: [0.04, 0.01, 0.002] as readonly number[],
  /** Steps, times ReLU's. */
  gelu: [1.4, 1.1, 1.01] as readonly number[],
  maxout: 2,
};
type Made = typeof asExpected;

/** Made-up times of nine rounds, up to a small wobble; in the last round the machine was busy while ReLU had its turn. */
function timingsOf(made: Made): readonly Row[] {
  return Array.from({ length: 9 }, (_, i) => i + 1).flatMap((round) => {
    const wobble = 1 + (round - 5) / 2000;
    const busy = round === 9 ? 3 : 1;
    const elements = [
      ['relu', busy],
      ['leaky-relu', made.leaky * wobble],
      ...withExponential.map((name) => [name, made.exponential * wobble] as const),
    ] as const;
    return [
      ...shapes.elements.flatMap((size) =>
        elements.map(([activation, time]) => {
          const each = size === shapes.elements[2] ? time * made.large * wobble : time;
          return { kind: 'element', elements: size, activation, round, forward: each, backward: each };
        }),
      ),
      ...shapes.widths.flatMap((width, i) => {
        const secondsPerStep = 1e-3 * wobble;
        const { elements: count } = workOf(width, shapes.batchSize);
        const each = (0.5e9 * made.shares[i] * secondsPerStep) / count;
        const step = { kind: 'step', width, round, forward: each, backward: each };
        return [
          { ...step, activation: 'relu', secondsPerStep },
          { ...step, activation: 'gelu', secondsPerStep: made.gelu[i] * secondsPerStep, forward: 3 * each },
          { ...step, activation: 'maxout', secondsPerStep: made.maxout * secondsPerStep, forward: null },
        ];
      }),
    ];
  });
}

function operationRows({ max, comparison }: Made): readonly Row[] {
  return [1, 2, 3].map((seed) => ({ kind: 'operation', seed, max, comparison }));
}

const { verdict: decide, oneSided } = triedRules();

function claimsFrom(made: Made, rounds = 9) {
  const timings = timingsOf(made).filter(({ round }) => Number(round) <= rounds);
  return [...claimsOf(operationRows(made)), ...timedClaims(timings, shapes)];
}

function verdict(id: string, change: Partial<Made> = {}, rounds = 9): string {
  return decide(claimsFrom({ ...asExpected, ...change }, rounds), id);
}

describe('the rule of each claim decides on both sides', () => {
  it.each([
    ['a-max-and-a-comparison', { max: 1e-5 }],
    ['a-max-and-a-comparison', { comparison: 1e-5 }],
    ['cheaper-than-exponentials', { exponential: 1.5 }],
    ['leaky-is-as-cheap', { leaky: 1.8 }],
    ['limited-by-memory', { large: 1.2 }],
    ['small-share', { shares: [0.2, 0.1, 0.1] }],
    ['share-falls-with-width', { shares: [0.04, 0.04, 0.03] }],
    ['maxout-is-expensive', { maxout: 1.1 }],
  ] as const)('%s', (id, against) => {
    expect(verdict(id)).toBe('supported');
    expect(verdict(id, against)).toBe('refuted');
  });

  it('says at which width an activation makes steps faster', () => {
    expect(verdict('faster-steps')).toBe('only-if');
    expect(verdict('faster-steps', { gelu: [1.4, 1.4, 1.4] })).toBe('supported');
    expect(verdict('faster-steps', { gelu: [1.02, 1.01, 1] })).toBe('refuted');
  });

  it.each([
    ['cheaper-than-exponentials', { exponential: 2.01 }, { exponential: 1.99 }],
    ['leaky-is-as-cheap', { leaky: 1.49 }, { leaky: 1.51 }],
    ['limited-by-memory', { large: 1.51 }, { large: 1.49 }],
    ['small-share', { shares: [0.2, 0.1, 0.047] }, { shares: [0.2, 0.1, 0.048] }],
    ['share-falls-with-width', { shares: [0.04, 0.03, 0.0198] }, { shares: [0.04, 0.03, 0.0202] }],
    ['maxout-is-expensive', { maxout: 1.31 }, { maxout: 1.29 }],
  ] satisfies readonly (readonly [string, Partial<Made>, Partial<Made>])[])(
    '%s has its threshold where it says',
    (id, inside, outside) => {
      expect(verdict(id, inside)).toBe('supported');
      expect(verdict(id, outside)).toBe('refuted');
    },
  );

  it('is tried of every claim', () => {
    expect(oneSided(claimsFrom(asExpected))).toEqual([]);
  });

  it('knows nothing from too few rounds', () => {
    for (const id of ['cheaper-than-exponentials', 'small-share', 'maxout-is-expensive']) {
      expect(verdict(id, {}, 3)).toBe('inconclusive');
    }
  });
});

describe('predictedStep', () => {
  it('adds what an activation takes more than ReLU', () => {
    // GELU made up of four times ReLU's half, so one share more than ReLU.
    expect(predictedStep(timingsOf(asExpected), 'gelu', 10, shapes.batchSize)).toBeCloseTo(1.04, 9);
    expect(predictedStep(timingsOf(asExpected), 'maxout', 10, shapes.batchSize)).toBeNaN();
  });
});
