import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestedBackend, backendsHere, buildsHere } from '../../test/backends-here.ts';
import { anyFloat, arrayOf, moderateFloat } from '../../test/arbitrary-floats.ts';
import { expectWithin } from '../../test/closeness.ts';
import recorded from '../../test/fixtures/optimisers.json' with { type: 'json' };
import { GuardedArrays } from '../../test/guarded-arrays.ts';
import type { Precision } from '../arena.ts';

interface Options {
  readonly rate: number;
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly decay?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly weightDecay: number;
  readonly decoupled?: boolean;
}

interface State {
  readonly p: number;
  readonly g: number;
  readonly first: number;
  readonly second: number;
  readonly length: number;
}

function step(arrays: GuardedArrays, kind: string, state: State, t: number, options: Options): void {
  const { backend } = arrays;
  const { p, g, first, second, length } = state;
  const { rate, momentum = 0, nesterov = false, decay = 0, beta1 = 0, beta2 = 0, epsilon = 0 } = options;
  const { weightDecay, decoupled = false } = options;
  if (kind === 'sgd') backend.sgdStep(p, g, first, length, rate, momentum, nesterov, weightDecay);
  else if (kind === 'rmsprop') backend.rmspropStep(p, g, first, length, rate, decay, epsilon, weightDecay);
  else backend.adamStep(p, g, first, second, length, t, rate, beta1, beta2, epsilon, weightDecay, decoupled);
}

function placed(arrays: GuardedArrays, p: number[], g: number[], start: number): State {
  const zeros = p.map(() => start);
  return {
    p: arrays.floats(p),
    g: arrays.floats(g),
    first: arrays.floats(zeros),
    second: arrays.floats(zeros),
    length: p.length,
  };
}

const arenas: readonly (readonly [TestedBackend, Precision, number])[] = [
  ['reference', 'float64', 1e-13],
  ['reference', 'float32', 1e-6],
  ...buildsHere.map((build) => [build, 'float32', 2e-6] as const),
];
const cases = recorded.cases.map(({ kind, options, p }) => ({
  kind,
  options,
  after: p,
  title: JSON.stringify(options),
}));

describe.each(arenas)('optimisers of the backend %s in %s', (name, precision, bound) => {
  it.each(cases)('take the ten steps that PyTorch takes: $kind $title', ({ kind, options, after }) => {
    const arrays = new GuardedArrays(name, precision);
    const state = placed(arrays, recorded.start, recorded.start, 0);
    for (const [i, gradient] of recorded.gradients.entries()) {
      arrays.backend.arena.write(state.g, gradient);
      step(arrays, kind, state, i + 1, options);
      expectWithin(
        arrays.read(state.p, state.length),
        after[i],
        () => bound,
        (at) => `p[${at}] after step ${i + 1}`,
      );
    }
    arrays.expectGuardsUntouched();
  });
});

describe.each(backendsHere)('optimisers of the backend %s', (name) => {
  it('leave the gradient as it is', () => {
    for (const { kind, options } of cases) {
      const arrays = new GuardedArrays(name);
      const state = placed(arrays, [1, 2, 3, 4, 5], [5, 4, 3, 2, 1], 0);
      step(arrays, kind, state, 1, options);
      expect(arrays.read(state.g, 5)).toEqual([5, 4, 3, 2, 1]);
    }
  });

  it('do not touch a velocity without momentum', () => {
    const arrays = new GuardedArrays(name);
    const { backend } = arrays;
    const [p, g] = [arrays.floats([1, 1, 1, 1, 1]), arrays.floats([1, 2, 3, 4, 5])];
    backend.sgdStep(p, g, 0, 5, 0.5, 0, false, 0);
    expect(arrays.read(p, 5)).toEqual([0.5, 0, -0.5, -1, -1.5]);
  });

  it('take no step for no parameters', () => {
    for (const { kind, options } of cases) {
      const arrays = new GuardedArrays(name);
      step(arrays, kind, placed(arrays, [], [], 0), 1, options);
      arrays.expectGuardsUntouched();
    }
  });

  it('carry a NaN gradient into its own parameter alone', () => {
    for (const { kind, options } of cases) {
      const arrays = new GuardedArrays(name);
      const state = placed(arrays, [1, 2, 3, 4, 5], [1, NaN, 1, 1, NaN], 0);
      step(arrays, kind, state, 1, options);
      expect(arrays.read(state.p, 5).map(Number.isNaN)).toEqual([false, true, false, false, true]);
    }
  });
});

describe('a step of the compiled optimisers', () => {
  const lengths = fc.nat(13);

  it.each(cases)('is that of the reference, for any length: $kind $title', ({ kind, options }) => {
    const given = lengths.chain((n) => fc.tuple(arrayOf(moderateFloat, n), arrayOf(moderateFloat, n), fc.nat(20)));
    fc.assert(
      fc.property(given, ([p, g, t]) => {
        const [reference, ...compiled] = backendsHere.map((name) => {
          const arrays = new GuardedArrays(name);
          const state = placed(arrays, p, g, 0.5);
          step(arrays, kind, state, t + 1, options);
          arrays.expectGuardsUntouched();
          return [state.p, state.first, state.second].flatMap((at) => arrays.read(at, p.length));
        });
        // Moments reach 65, parameters 8 plus a step: a few roundings of each.
        for (const build of compiled) expectWithin(build, reference, (i) => 1e-6 * Math.max(1, Math.abs(reference[i])));
      }),
    );
  });

  it.each(cases)('has no finite result where the reference has none: $kind $title', ({ kind, options }) => {
    // Up to where g² stays within float32, as it must in any float32 state.
    const large = anyFloat.filter((value) => !(Math.abs(value) > 1e15 && Math.abs(value) < Infinity));
    fc.assert(
      fc.property(
        lengths.chain((n) => fc.tuple(arrayOf(large, n), arrayOf(large, n))),
        ([p, g]) => {
          const [reference, ...compiled] = backendsHere.map((name) => {
            const arrays = new GuardedArrays(name);
            const state = placed(arrays, p, g, 0.5);
            step(arrays, kind, state, 1, options);
            return arrays.read(state.p, p.length).map(Number.isFinite);
          });
          for (const build of compiled) expect(build).toEqual(reference);
        },
      ),
    );
  });
});
