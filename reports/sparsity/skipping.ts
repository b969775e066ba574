import { Arena, type Backend, createBackend, random } from '@relu-lab/core';
import type { ExperimentContext, ExperimentResult, Row } from '@relu-lab/sweep';
import { type Product, plainProduct, skippingProduct } from './products.ts';

export interface SkippingCondition {
  /** Samples in the batch: each of these is tried. */
  readonly batches: readonly number[];
  /** Units of the layer below and of the layer above. */
  readonly width: number;
  /** Shares of activations that are 0. */
  readonly zeroFractions: readonly number[];
  /** Rounds that count; one more comes before them. */
  readonly rounds: number;
  /** How long a product is repeated in a round, in milliseconds. */
  readonly milliseconds: number;
}

/** Ways to multiply activations by weights, by name. */
export const kernels = {
  dense: 'dense, SIMD',
  skippingRows: 'skipping, SIMD',
  skipping: 'skipping, plain loop',
  plain: 'dense, plain loop',
} as const;

/**
 * Times the product of a batch of activations with the weights of the next layer, zeros at random places, by kernels that multiply them all and
 * by kernels that skip them; round by round, every kernel in turn. A job of its own, for nothing else to run beside it.
 *
 * Timings: one row a round, batch, zero fraction and kernel, with the seconds of a product.
 */
export function timeSkipping(
  condition: SkippingCondition,
  seed: number,
  { signal, onProgress }: Pick<ExperimentContext, 'signal' | 'onProgress'>,
): ExperimentResult {
  const { batches, width, zeroFractions, rounds, milliseconds } = condition;
  const timings: Row[] = [];
  for (let round = 0; round <= rounds; round++) {
    for (const batch of batches) {
      for (const zeroFraction of zeroFractions) {
        signal.throwIfAborted();
        const product = productWithZeros({ batch, width, zeroFraction, seed });
        for (const [kernel, { run }] of Object.entries(kernelsFor(product))) {
          const seconds = secondsOf(run, milliseconds);
          // The first round warms up.
          if (round > 0) timings.push({ batch, width, zeroFraction, kernel, round, seconds });
        }
      }
    }
    onProgress((round + 1) / (rounds + 1));
  }
  return { rows: [], timings };
}

/** Positive activations, of which each is 0 with the given probability, and normal weights. */
export function productWithZeros(how: {
  readonly batch: number;
  readonly width: number;
  readonly zeroFraction: number;
  readonly seed: number;
}): Product {
  const { batch, width, zeroFraction, seed } = how;
  const stream = random(seed).stream('activations');
  const a = Float32Array.from({ length: batch * width }, () => {
    const size = Math.abs(stream.normal());
    return stream.uniform() < zeroFraction ? 0 : size;
  });
  const b = new Float32Array(width * width);
  random(seed).stream('weights').fillNormal(b);
  return { a, b, rows: batch, inner: width, columns: width };
}

/** A kernel on a product, ready to run. */
export interface Kernel {
  readonly run: () => void;
  /** C, after a run. */
  readonly result: () => Float32Array;
}

/** Every kernel on this product. */
export function kernelsFor(product: Product): Readonly<Record<keyof typeof kernels, Kernel>> {
  const c = new Float32Array(product.rows * product.columns);
  const { backend, offsets } = inArena(product);
  const ofArena = () => backend.arena.read(offsets.c, c.length);
  return {
    dense: { run: () => dense(backend, offsets, product), result: ofArena },
    skippingRows: { run: () => skippingRows(backend, offsets, product), result: ofArena },
    skipping: { run: () => void skippingProduct(c, product), result: () => c },
    plain: { run: () => void plainProduct(c, product), result: () => c },
  };
}

interface Offsets {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

function inArena({ a, b, rows, columns }: Product): { readonly backend: Backend; readonly offsets: Offsets } {
  const arena = new Arena();
  const backend = createBackend(arena);
  const offsets = { a: arena.allocate(a.length), b: arena.allocate(b.length), c: arena.allocate(rows * columns) };
  arena.write(offsets.a, a);
  arena.write(offsets.b, b);
  return { backend, offsets };
}

function dense(backend: Backend, { a, b, c }: Offsets, { rows, inner, columns }: Product): void {
  backend.matmul(c, columns, a, inner, 1, b, columns, 1, rows, columns, inner, false);
}

/** As {@link skippingProduct}, with the library's SIMD kernel for each row of B. */
function skippingRows(backend: Backend, offsets: Offsets, { a, rows, inner, columns }: Product): void {
  backend.fill(offsets.c, rows * columns, 0);
  for (let row = 0; row < rows; row++) {
    for (let l = 0; l < inner; l++) {
      const factor = a[row * inner + l];
      if (factor !== 0) backend.addScaled(offsets.c + row * columns, offsets.b + l * columns, columns, factor);
    }
  }
}

/** Seconds of a call: the least of those that fit into the time, three or more. What the machine does meanwhile only adds. */
function secondsOf(run: () => void, milliseconds: number): number {
  const begin = performance.now();
  let least = Infinity;
  for (let calls = 0; calls < 3 || performance.now() - begin < milliseconds; calls++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
}
