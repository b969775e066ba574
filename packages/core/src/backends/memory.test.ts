import { describe, expect, it } from 'vitest';
import { backendsHere, createTested } from '../../test/backends-here.ts';
import { elu, gelu, relu } from '../activations/catalogue.ts';
import { Arena } from '../arena.ts';
import type { Backend } from '../backend.ts';

/** Calls every operation on arrays of 40 × 24, which need edge tiles and tails. */
function everyOperation(backend: Backend, at: number, integers: number): void {
  const [rows, columns] = [40, 24];
  const n = rows * columns;
  const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((i) => at + i * n);
  backend.fill(a, n, 1);
  backend.copy(b, a, n);
  backend.addScaled(b, a, n, 2);
  backend.scale(b, n, 0.5);
  backend.denseForward(a, b, c, d, rows, columns, columns - 3);
  backend.denseBackward(a, b, d, c, e, d, rows, columns, columns - 3);
  backend.columnSums(c, b, rows, columns, false);
  backend.sum(b, n);
  backend.sumOfSquares(b, n);
  backend.countZeros(b, n);
  backend.matmul(c, rows, a, columns, 1, b, 1, columns, rows, rows - 18, columns, false);
  for (const phi of [relu, elu(), gelu]) {
    backend.activationForward(phi, a, b, n);
    backend.activationBackward(phi, a, b, c, d, n);
  }
  backend.preluForward(a, b, c, rows, columns, false);
  backend.preluBackward(a, b, c, d, e, rows, columns, false);
  backend.maxoutForward(a, b, integers, rows, columns / 2, 2);
  backend.maxoutBackward(b, integers, c, rows, columns / 2, 2);
  backend.softmaxCrossEntropy(a, integers, b, rows, columns);
  backend.meanSquaredError(a, b, c, n);
  backend.sgdStep(a, b, c, n, 0.1, 0.9, true, 0.1);
  backend.rmspropStep(a, b, c, n, 0.1, 0.9, 1e-8, 0.1);
  backend.adamStep(a, b, c, d, n, 1, 0.1, 0.9, 0.999, 1e-8, 0.1, true);
}

describe.each(backendsHere)('the backend %s', (name) => {
  it('takes nothing of the arena after its creation, and does not make it grow', () => {
    const arena = new Arena();
    const backend = createTested(arena, name);
    const at = arena.allocate(5 * 40 * 24);
    const integers = arena.allocateIntegers(40 * 24);
    const { bytes } = arena;
    const { buffer } = arena.memory;
    everyOperation(backend, at, integers);
    expect(arena.bytes).toBe(bytes);
    expect(arena.memory.buffer).toBe(buffer);
  });

  it('leaves what the arena held before its creation', () => {
    const arena = new Arena();
    const at = arena.allocate(200);
    const kept = Array.from({ length: 200 }, (_, i) => i + 1);
    arena.write(at, kept);
    const backend = createTested(arena, name);
    everyOperation(backend, arena.allocate(5 * 40 * 24), arena.allocateIntegers(40 * 24));
    expect(Array.from(arena.read(at, 200))).toEqual(kept);
    expect(Array.from(arena.values.subarray(0, 16))).toEqual(new Array(16).fill(0));
  });
});
