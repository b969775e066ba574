import type { ElementwiseActivation } from '../activation.ts';
import { elu, gelu, relu, sigmoid, silu, tanh } from '../activations/catalogue.ts';
import { Arena } from '../arena.ts';
import type { Backend, BackendBuild } from '../backend.ts';
import type { BackendProvider } from './provider.ts';
import { referenceBackend } from './reference.ts';
import { wasmBackend } from './wasm.ts';

/** Rows, columns and inner dimension of the products: no multiples of any tile. */
const [m, n, k] = [13, 37, 19];

const activations: readonly ElementwiseActivation[] = [relu, elu(), sigmoid, tanh, gelu, silu];

/** Where activations go wrong, and an odd number of ordinary points. */
const points: readonly number[] = [
  ...[0, -0, NaN, Infinity, -Infinity, 1e-38, -1e-38, 100, -100, 3e38],
  ...Array.from({ length: 27 }, (_, i) => (i - 13) * 0.61),
];

/**
 * Compares the matrix products and a few activations of a backend with those of the reference, in a millisecond or two.
 *
 * @returns a sentence for each operation that is wrong; nothing when all is well. An operation that throws is wrong.
 */
export function selfCheck(backend: Backend): readonly string[] {
  const { arena } = backend;
  const mark = arena.mark();
  try {
    return [...productFaults(backend), ...activations.flatMap((phi) => activationFaults(backend, phi))];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    arena.release(mark);
  }
}

const known = new Map<BackendProvider, Map<BackendBuild, readonly string[]>>();

/** What {@link selfCheck} finds in a build, which is checked once in a process. */
export function faultsOf(provider: BackendProvider, build: BackendBuild): readonly string[] {
  const builds = known.get(provider) ?? new Map<BackendBuild, readonly string[]>();
  known.set(provider, builds);
  const found = builds.get(build) ?? checkBuild(provider, build);
  builds.set(build, found);
  return found;
}

function checkBuild(provider: BackendProvider, build: BackendBuild): readonly string[] {
  if (provider.name === 'reference') return [];
  const arena = new Arena({ owner: `the self-check of the backend '${provider.name}'` });
  try {
    return selfCheck(provider.create(arena, build, () => wasmBackend(arena, 'simd')));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Products of small whole numbers, which are exact, with every transpose. */
function productFaults(backend: Backend): string[] {
  const { arena } = backend;
  const [a, b] = [wholeNumbers(arena, m * k), wholeNumbers(arena, k * n)];
  const [c, expected] = [arena.allocate(m * n), arena.allocate(m * n)];
  const reference = referenceBackend(arena);
  const wrong = transposes.filter(([aRow, aColumn, bRow, bColumn]) => {
    for (const accumulate of [false, true]) {
      backend.matmul(c, n, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate);
      reference.matmul(expected, n, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate);
    }
    return !areEqual(arena, c, expected, m * n, 0);
  });
  return wrong.map((strides) => `matmul with the strides ${strides.join(', ')} differs from the reference`);
}

/** Strides of A and B: as they are, either transposed, both. */
const transposes: readonly (readonly [number, number, number, number])[] = [
  [k, 1, n, 1],
  [1, m, n, 1],
  [k, 1, 1, k],
  [1, m, 1, k],
];

function wholeNumbers(arena: Arena, length: number): number {
  const at = arena.allocate(length);
  for (let i = 0; i < length; i++) arena.values[at + i] = ((i * 7) % 17) - 8;
  return at;
}

/** Relative error that no activation reaches: several units in the last place. */
const tolerance = 2e-6;

function activationFaults(backend: Backend, phi: ElementwiseActivation): string[] {
  const { arena } = backend;
  const { length } = points;
  const [x, y, dx, ones, expected] = Array.from({ length: 5 }, () => arena.allocate(length));
  const reference = referenceBackend(arena);
  arena.write(x, points);
  reference.fill(ones, length, 1);
  backend.activationForward(phi, x, y, length);
  reference.activationForward(phi, x, expected, length);
  const forward = areEqual(arena, y, expected, length, tolerance);
  backend.activationBackward(phi, x, expected, ones, dx, length);
  reference.activationBackward(phi, x, expected, ones, y, length);
  const backward = areEqual(arena, dx, y, length, tolerance);
  return [
    ...(forward ? [] : [`${phi.name} differs from the reference`]),
    ...(backward ? [] : [`the derivative of ${phi.name} differs from the reference`]),
  ];
}

function areEqual({ values }: Arena, actual: number, expected: number, length: number, within: number): boolean {
  for (let i = 0; i < length; i++) {
    const [is, should] = [values[actual + i], values[expected + i]];
    // Where φ' changes its sign terms cancel, so the error is not relative to what is left. Nothing is near to infinity.
    const near = Number.isFinite(should) && Math.abs(is - should) <= within * Math.max(Math.abs(should), 0.1);
    if (!Object.is(is, should) && !near) return false;
  }
  return true;
}
