import type { ElementwiseActivation } from '../activation.ts';
import { activation, activationNames } from '../activations/by-name.ts';
import { celu, elu, leakyRelu, relu6With } from '../activations/catalogue.ts';
import { Arena } from '../arena.ts';
import type { Backend, BackendBuild } from '../backend.ts';
import { ParameterError } from '../errors.ts';
import type { BackendProvider } from './provider.ts';
import { referenceBackend } from './reference.ts';
import { wasmBackend } from './wasm.ts';

/** C of m × n is A B, with the inner dimension k. */
interface ProductShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** No multiples of any tile. */
const small: ProductShape = { m: 13, n: 37, k: 19 };

/** Beyond every block: of 256 steps of k, of 64 and of 256 rows, of two panels of columns, and far enough apart that transposes are packed. */
const large: ProductShape = { m: 259, n: 67, k: 261 };

/** Where activations go wrong. */
const special = [0, -0, NaN, Infinity, -Infinity, 1e-38, -1e-38, 1e-3, -1e-3, 100, -100, 3e38];

/** Ordinary points for loops over 64 numbers, and special ones on both sides: in the loops, and in what is left over. */
const points: readonly number[] = [...special, ...Array.from({ length: 131 }, (_, i) => (i - 65) * 0.23), ...special];

/**
 * Checks the matrix products of a backend, and compares a dense layer, and every activation of the catalogue that has a kernel, and its
 * derivative, with the reference: in some milliseconds.
 *
 * @returns a sentence for each operation that is wrong; nothing when all is well. An operation that throws is wrong.
 * @throws ParameterError when there is no room for the check, which says nothing of the backend.
 */
export function selfCheck(backend: Backend): readonly string[] {
  const { arena } = backend;
  const mark = arena.mark();
  try {
    return [
      ...productFaults(backend, small),
      ...productFaults(backend, large),
      ...denseFaults(backend),
      ...activationsWithKernels().flatMap((phi) => activationFaults(backend, phi)),
    ];
  } catch (error) {
    return [faultOf(error)];
  } finally {
    arena.release(mark);
  }
}

/** What an error says of a backend; no room for the check says nothing, and is thrown on. */
function faultOf(error: unknown): string {
  if (error instanceof ParameterError) throw error;
  return error instanceof Error ? error.message : String(error);
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
    return [faultOf(error)];
  }
}

/**
 * Products of small whole numbers, which are exact, with every transpose, and added once more. As C v = A (B v), one product with a
 * vector shows every wrong element of C, and costs next to nothing.
 */
function productFaults(backend: Backend, { m, n, k }: ProductShape): string[] {
  const { arena } = backend;
  const [a, b, c] = [wholeNumbers(arena, m * k), wholeNumbers(arena, k * n), arena.allocate(m * n)];
  // Strides of A and B: as they are, either transposed, both.
  const transposes = [
    [k, 1, n, 1],
    [1, m, n, 1],
    [k, 1, 1, k],
    [1, m, 1, k],
  ] as const;
  const wrong = transposes.filter(([aRow, aColumn, bRow, bColumn]) => {
    const { values } = arena;
    const weights = Float64Array.from({ length: n }, (_, j) => j + 1);
    const byB = productWith(values, b, bRow, bColumn, k, weights);
    const expected = productWith(values, a, aRow, aColumn, m, byB);
    values.fill(1, c, c + m * n);
    return [false, true].some((accumulate) => {
      backend.matmul(c, n, a, aRow, aColumn, b, bRow, bColumn, m, n, k, accumulate);
      const times = accumulate ? 2 : 1;
      return productWith(values, c, n, 1, m, weights).some((sum, i) => sum !== times * expected[i]);
    });
  });
  return wrong.map(
    (strides) => `matmul of ${m} × ${k} by ${k} × ${n} with the strides ${strides.join(', ')} computes another product`,
  );
}

/** A dense layer of small whole numbers, whose sums are exact, of more inputs than a block has steps. */
function denseFaults(backend: Backend): string[] {
  const { arena } = backend;
  const reference = referenceBackend(arena);
  const [rows, inputs, units] = [13, 261, 37];
  const [a, weight] = [wholeNumbers(arena, rows * inputs), wholeNumbers(arena, units * inputs)];
  const [bias, dz] = [wholeNumbers(arena, units), wholeNumbers(arena, rows * units)];
  const lengths = { z: rows * units, dWeight: units * inputs, dBias: units, da: rows * inputs };
  const results = (operations: Backend): readonly Float32Array[] => {
    const [z, dWeight, dBias, da] = Object.values(lengths).map((length) => arena.allocate(length));
    operations.denseForward(a, weight, bias, z, rows, inputs, units);
    operations.denseBackward(a, weight, dz, dWeight, dBias, da, rows, inputs, units);
    return Object.values(lengths).map((length, i) => arena.read([z, dWeight, dBias, da][i], length));
  };
  const [own, expected] = [results(backend), results(reference)];
  return Object.keys(lengths)
    .filter((_, i) => own[i].some((value, j) => value !== expected[i][j]))
    .map((name) => `${name} of a dense layer differs from the reference`);
}

/** The product of a matrix of so many rows with `vector`. */
function productWith(
  values: Arena['values'],
  at: number,
  row: number,
  column: number,
  rows: number,
  vector: Float64Array,
): Float64Array {
  const product = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < vector.length; j++) product[i] += values[at + i * row + j * column] * vector[j];
  }
  return product;
}

/** From −8 to 8, spread so that no row or column is like another. */
function wholeNumbers(arena: Arena, length: number): number {
  const at = arena.allocate(length);
  const { values } = arena;
  for (let i = 0; i < length; i++) values[at + i] = ((Math.imul(i, 0x9e3779b1) >>> 16) % 17) - 8;
  return at;
}

/** With their defaults, and with other arguments where they take some. */
function activationsWithKernels(): readonly ElementwiseActivation[] {
  const named = activationNames.map((name) => activation(name));
  const others = [
    elu({ alpha: 0.5 }),
    celu({ alpha: 0.5 }),
    leakyRelu({ alpha: 0.25 }),
    relu6With({ subgradient: 0.5 }),
  ];
  return [...named, ...others].filter(
    (phi): phi is ElementwiseActivation => phi.kind === 'elementwise' && phi.kernel !== undefined,
  );
}

/** Relative error that no activation reaches: several units in the last place. */
const tolerance = 2e-6;

function activationFaults(backend: Backend, phi: ElementwiseActivation): string[] {
  const { arena } = backend;
  const { length } = points;
  const [x, y, dx, upstream, expected] = Array.from({ length: 5 }, () => arena.allocate(length));
  const reference = referenceBackend(arena);
  arena.write(x, points);
  arena.write(
    upstream,
    points.map((_, i) => [1, -0.5, 0.5][i % 3]),
  );
  backend.activationForward(phi, x, y, length);
  reference.activationForward(phi, x, expected, length);
  const forward = areEqual(arena, y, expected, length, tolerance);
  backend.activationBackward(phi, x, expected, upstream, dx, length);
  reference.activationBackward(phi, x, expected, upstream, y, length);
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
