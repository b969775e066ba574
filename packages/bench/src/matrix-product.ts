import { Arena, type BackendName, createBackend, random } from '@relu-lab/core';
import type { Benchmark } from './benchmark.ts';
import type { Contender } from './compare.ts';

/** A square product C = A B, and the C that it leaves. */
export interface Product extends Contender {
  result(): Float32Array;
}

/** Who multiplies; another engine is one more line. */
const contenders: readonly ((n: number) => Product)[] = [
  (n) => ourProduct(n, 'wasm'),
  (n) => ourProduct(n, 'reference'),
];

/** All contenders at the product of two n × n matrices, on the same numbers. */
export function products(n: number): readonly Product[] {
  return contenders.map((create) => create(n));
}

/** C = A B for square matrices of 64 to 512: 2 n³ operations. */
export function matrixProducts(): readonly (() => Benchmark)[] {
  return [64, 128, 256, 512].map((n) => () => ({
    name: 'matrix product',
    size: { n },
    contenders: products(n),
    rate: { amount: 2 * n ** 3, unit: 'GFLOP/s' },
  }));
}

function ourProduct(n: number, name: BackendName): Product {
  const arena = new Arena();
  const backend = createBackend(arena, name);
  const [a, b, c] = [0, 1, 2].map(() => arena.allocate(n * n));
  const rng = random(1).stream('matrices');
  for (const x of [a, b])
    arena.write(
      x,
      Float32Array.from({ length: n * n }, () => rng.normal()),
    );
  return {
    name,
    run: () => backend.matmul(c, n, a, n, 1, b, n, 1, n, n, n, false),
    result: () => arena.read(c, n * n),
  };
}
