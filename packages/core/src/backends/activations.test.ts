import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestedBackend, backendsHere, buildsHere } from '../../test/backends-here.ts';
import { anyFloat, arraysOf, specialFloats } from '../../test/arbitrary-floats.ts';
import { expectWithin, float32Spacing } from '../../test/closeness.ts';
import { GuardedArrays } from '../../test/guarded-arrays.ts';
import type { ElementwiseActivation } from '../activation.ts';
import {
  abs,
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSwish,
  identity,
  leakyRelu,
  mish,
  relu,
  relu6,
  relu6With,
  reluWith,
  selu,
  sigmoid,
  silu,
  softplus,
  tanh,
} from '../activations/catalogue.ts';
import { random } from '../random/random.ts';
import { instantiateKernels, supportedBuilds } from './wasm/instantiate.ts';

/** What the compiled kernels may err by, in spacings of float32. */
interface Accuracy {
  readonly phi: ElementwiseActivation;
  /** At φ(x); 0 where the result is the float32 number next to φ(x). */
  readonly value: number;
  /** At φ'(x), or at `floor` where |φ'(x)| is below it. */
  readonly derivative: number;
  /**
   * For φ' that changes its sign, 0.1: where terms cancel, an error is not small beside what is left. For constants that
   * float32 rounds, as 1.7 and SELU's 1.758, the size of those.
   */
  readonly floor?: number;
}

const accuracies: readonly Accuracy[] = [
  { phi: relu, value: 0, derivative: 0 },
  { phi: reluWith({ subgradient: 0.5 }), value: 0, derivative: 0 },
  { phi: relu6, value: 0, derivative: 0 },
  { phi: relu6With({ subgradient: 1 }), value: 0, derivative: 0 },
  { phi: leakyRelu(), value: 1, derivative: 0.5 },
  { phi: leakyRelu({ alpha: Math.fround(-0.3), subgradient: 0.25 }), value: 0, derivative: 0 },
  { phi: abs, value: 0, derivative: 0 },
  { phi: identity, value: 0, derivative: 0 },
  { phi: hardSigmoid, value: 1.5, derivative: 0.5 },
  { phi: hardSwish, value: 2.5, derivative: 1, floor: 0.1 },
  { phi: elu(), value: 2.5, derivative: 1 },
  { phi: elu({ alpha: Math.fround(1.7) }), value: 2.5, derivative: 1 },
  { phi: elu({ alpha: 1.7 }), value: 2.5, derivative: 1, floor: 1.7 },
  { phi: celu(), value: 2.5, derivative: 2.5 },
  { phi: celu({ alpha: Math.fround(0.3) }), value: 2.5, derivative: 2.5 },
  { phi: selu, value: 2.5, derivative: 1, floor: 1.8 },
  { phi: sigmoid, value: 2.5, derivative: 2.5 },
  { phi: tanh, value: 2.5, derivative: 2.5 },
  { phi: softplus, value: 2.5, derivative: 2.5 },
  { phi: silu, value: 2.5, derivative: 2.5, floor: 0.1 },
  { phi: mish, value: 2.5, derivative: 2.5, floor: 0.1 },
  { phi: gelu, value: 4, derivative: 4, floor: 0.1 },
];

const named = accuracies.map((accuracy) => ({
  ...accuracy,
  title: `${accuracy.phi.name} ${JSON.stringify(accuracy.phi.parameters)}`,
}));

function applied(name: TestedBackend, phi: ElementwiseActivation, x: number[], upstream: number[]) {
  const arrays = new GuardedArrays(name);
  const n = x.length;
  const [xAt, yAt] = [arrays.floats(x), arrays.floats(x)];
  const [upstreamAt, outAt] = [arrays.floats(upstream), arrays.floats(x)];
  arrays.backend.activationForward(phi, xAt, yAt, n);
  arrays.backend.activationBackward(phi, xAt, yAt, upstreamAt, outAt, n);
  arrays.expectGuardsUntouched();
  expect(arrays.read(xAt, n)).toEqual(x.map(Math.fround));
  return { y: arrays.read(yAt, n), dx: arrays.read(outAt, n) };
}

const ones = (length: number): number[] => new Array<number>(length).fill(1);

/** φ'(x) as the definition asks for it: from the output where it has that form. */
function slope(phi: ElementwiseActivation, x: number, y: number): number {
  return phi.derivativeFromOutput === undefined ? phi.derivative(x) : phi.derivativeFromOutput(y);
}

/** What float32 holds of `exact` when no error is allowed, or when it is not finite; else `exact` itself. */
function target(exact: number, bound: number): number {
  const rounded = Math.fround(exact);
  return bound === 0 || !Number.isFinite(rounded) ? rounded : exact;
}

function expectAccurate(build: TestedBackend, { phi, value, derivative, floor = 0 }: Accuracy, x: number[]): void {
  const { y, dx } = applied(build, phi, x, ones(x.length));
  const exact = x.map((element) => phi.value(Math.fround(element)));
  expectWithin(
    y,
    exact.map((each) => target(each, value)),
    (i) => value * float32Spacing(exact[i]),
    (i) => `φ(${x[i]})`,
  );
  const slopes = x.map((element, i) => slope(phi, Math.fround(element), y[i]));
  expectWithin(
    dx,
    slopes.map((each) => target(each, derivative)),
    (i) => derivative * float32Spacing(Math.max(Math.abs(slopes[i]), floor)),
    (i) => `φ'(${x[i]})`,
  );
}

describe.each(buildsHere)('compiled activations in the build %s', (build) => {
  it.each(named)('$title: as near its float64 definition as stated, at special numbers', (accuracy) => {
    expectAccurate(build, accuracy, [...specialFloats]);
  });

  it.each(named)('$title: as near its float64 definition as stated, at any floats', (accuracy) => {
    fc.assert(fc.property(arraysOf(anyFloat), (x) => expectAccurate(build, accuracy, x)));
  });

  it.each(named)(
    '$title: as near its float64 definition as stated, from 1e-30 to overflow on both sides',
    (accuracy) => {
      const stream = random(3).stream('points');
      const spread = (low: number, high: number, points: number): number[] =>
        Array.from({ length: points }, (_, i) => {
          const size = Math.exp(stream.uniform(Math.log(low), Math.log(high)));
          return Math.fround(i % 2 === 0 ? size : -size);
        });
      expectAccurate(build, accuracy, [...spread(1e-30, 3.4e38, 20_000), ...spread(1e-3, 120, 60_000)]);
    },
  );

  it.each(named)('$title: keeps the sign of a zero', ({ phi }) => {
    const { y } = applied(build, phi, [-0, 0, -0, 0, -0], ones(5));
    for (const [i, x] of [-0, 0, -0, 0, -0].entries()) expect(y[i]).toBe(Math.fround(phi.value(x)));
  });

  it.each(named)('$title: the same bytes wherever in an array an element stands', ({ phi }) => {
    fc.assert(
      fc.property(arraysOf(anyFloat), arraysOf(anyFloat), (before, x) => {
        const alone = applied(build, phi, x, ones(x.length));
        const behind = applied(build, phi, [...before, ...x], ones(before.length + x.length));
        expect(behind.y.slice(before.length)).toEqual(alone.y);
        expect(behind.dx.slice(before.length)).toEqual(alone.dx);
      }),
    );
  });

  it.each(named)('$title: works in place, forward on its input and backward on the upstream gradient', ({ phi }) => {
    fc.assert(
      fc.property(arraysOf(anyFloat), (x) => {
        const apart = applied(build, phi, x, ones(x.length));
        const arrays = new GuardedArrays(build);
        const { backend } = arrays;
        const [input, inPlace, gradient] = [arrays.floats(x), arrays.floats(x), arrays.floats(ones(x.length))];
        backend.activationForward(phi, inPlace, inPlace, x.length);
        expect(arrays.read(inPlace, x.length)).toEqual(apart.y);
        backend.activationBackward(phi, input, inPlace, gradient, gradient, x.length);
        expect(arrays.read(gradient, x.length)).toEqual(apart.dx);
      }),
    );
  });

  it.each(named)('$title: multiplies the upstream gradient with the derivative, once rounded', ({ phi }) => {
    fc.assert(
      fc.property(arraysOf(anyFloat), anyFloat, (x, factor) => {
        const slopes = applied(build, phi, x, ones(x.length)).dx;
        const scaled = applied(
          build,
          phi,
          x,
          x.map(() => factor),
        ).dx;
        expectWithin(
          scaled,
          slopes.map((value) => Math.fround(value * factor)),
          () => 0,
        );
      }),
    );
  });
});

describe.each(backendsHere)('derivatives from a float32 output in the backend %s', (name) => {
  const x = Array.from({ length: 4001 }, (_, i) => Math.fround((i - 2000) / 50));

  it.each([sigmoid, tanh, elu(), elu({ alpha: 1.7 }), celu(), celu({ alpha: 0.3 }), selu])(
    '$name $parameters: within 4e-7 of φ′(x), and never below 0',
    (phi) => {
      const { dx } = applied(name, phi, x, ones(x.length));
      expectWithin(
        dx,
        x.map((element) => phi.derivative(element)),
        () => 4e-7,
      );
      expect(Math.min(...dx)).toBeGreaterThanOrEqual(0);
      expect(Math.min(...dx)).toBeLessThan(3e-8);
    },
  );
});

describe.each(supportedBuilds())('the exported activations of the build %s', (build) => {
  it('exist for every name that the catalogue asks for, each in a pair', () => {
    const { activations } = instantiateKernels(new WebAssembly.Memory({ initial: 1 }), build);
    expect([...activations.keys()].sort()).toEqual(
      [...new Set(accuracies.flatMap(({ phi }) => (phi.kernel === undefined ? [] : [phi.kernel.name])))].sort(),
    );
    for (const { forward, backward } of activations.values()) expect([forward.length, backward.length]).toEqual([5, 6]);
  });
});

describe.each(backendsHere)('activations without a kernel in the backend %s', (name) => {
  const cubic: ElementwiseActivation = {
    kind: 'elementwise',
    name: 'cubic',
    parameters: {},
    tex: 'x^3',
    source: { title: 'a user', url: 'https://example.org' },
    kinks: [],
    range: { from: -Infinity, to: Infinity, closedFrom: false, closedTo: false },
    positivelyHomogeneous: false,
    value: (x) => x ** 3,
    derivative: (x) => 3 * x * x,
  };
  const x = [-2, -0.5, 0, 1, 3];
  const upstream = [1, 2, 3, 4, 5];

  it('are computed from their definitions', () => {
    expect(applied(name, cubic, x, upstream)).toEqual({ y: [-8, -0.125, 0, 1, 27], dx: [12, 1.5, 0, 12, 135] });
  });

  it('are computed from their definitions when they name a kernel that does not exist', () => {
    for (const missing of ['cubic', 'prelu', 'maxout', 'constructor']) {
      const phi = { ...cubic, kernel: { name: missing, arguments: [] } };
      expect(applied(name, phi, x, upstream).y).toEqual([-8, -0.125, 0, 1, 27]);
    }
  });

  it('take the derivative from the output where the definition gives it', () => {
    const root = { ...cubic, derivativeFromOutput: (y: number) => 3 * Math.cbrt(y) ** 2, derivative: () => NaN };
    expectWithin(applied(name, root, x, upstream).dx, [12, 1.5, 0, 12, 135], () => 1e-5);
  });
});

describe('activations in the reference', () => {
  it('are computed in float64 in a float64 arena', () => {
    const arrays = new GuardedArrays('reference', 'float64');
    const x = arrays.floats([0.1, -0.1, 1e-300]);
    const y = arrays.floats([0, 0, 0]);
    arrays.backend.activationForward(tanh, x, y, 3);
    expect(arrays.read(y, 3)).toEqual([Math.tanh(0.1), Math.tanh(-0.1), 1e-300]);
  });
});
