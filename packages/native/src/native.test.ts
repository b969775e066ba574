import { Worker } from 'node:worker_threads';
import { Arena, type Backend, type NativeBuild, createBackend, elu, gelu, mish, random, silu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { notBuilt } from '../test/not-built.ts';
import { backendProvider } from './backend-provider.ts';

if (notBuilt !== null) {
  it('native kernels that do not load are refused with what to do', () => {
    expect(() => createBackend(new Arena(), 'native')).toThrow(`The backend 'native' does not load here: ${notBuilt}`);
  });
} else {
  describe('native kernels', describeNative);
}

const builds = notBuilt === null ? backendProvider.builds() : [];
const running = builds.filter(({ reason }) => reason === null).map(({ build }) => build as NativeBuild);

/** A backend with the numbers of a product in its arena. */
function product(build: NativeBuild | undefined, m: number, n: number, k: number) {
  const arena = new Arena();
  const backend = createBackend(arena, { name: 'native', build });
  const [a, b, c] = [m * k, k * n, m * n].map((length) => arena.allocate(length));
  random(m).fillNormal(arena.values.subarray(a, a + m * k));
  random(n).fillNormal(arena.values.subarray(b, b + k * n));
  const multiply = (): Float32Array => {
    backend.matmul(c, n, a, k, 1, b, 1, k, m, n, k, false);
    return arena.read(c, m * n);
  };
  return { arena, backend, c, multiply };
}

function describeNative(): void {
  it('are named by the fastest build, and every build that runs can be chosen', () => {
    expect(createBackend(new Arena(), 'native').build).toBe(running[0]);
    for (const build of running) expect(createBackend(new Arena(), { name: 'native', build }).build).toBe(build);
    for (const { build, reason } of builds.filter((status) => status.reason !== null)) {
      expect(() => createBackend(new Arena(), { name: 'native', build: build as NativeBuild })).toThrow(reason ?? '');
    }
  });

  it('work on where memory is after it grew', () => {
    const { arena, backend, c, multiply } = product(undefined, 33, 20, 70);
    const before = multiply();
    const { buffer } = arena.memory;
    const more = arena.allocate(3_000_000);
    expect(buffer.byteLength).toBe(0);
    backend.fill(c, 33 * 20, 0);
    expect(multiply()).toEqual(before);
    backend.fill(more, 3_000_000, -1);
    backend.activationForward(elu(), more + 2_999_000, more, 1000);
    expect(arena.values[more + 999]).toBeCloseTo(Math.exp(-1) - 1, 6);
  });

  it('refuse arrays that do not lie in the arena, and work afterwards', () => {
    const { arena, backend, c, multiply } = product(undefined, 8, 8, 8);
    const before = multiply();
    const end = arena.memory.buffer.byteLength / 4;
    const outside = 'A kernel was given arrays that do not lie in its arena';
    expect(() => backend.matmul(end - 63, 8, c, 8, 1, c, 8, 1, 8, 8, 8, false)).toThrow(new RangeError(outside));
    expect(() => backend.matmul(c, 8, end - 10, 1, 8, c, 8, 1, 8, 8, 8, false)).toThrow(outside);
    expect(() => backend.matmul(c, 8, c, 8, 1, -1, 8, 1, 8, 8, 8, false)).toThrow(outside);
    expect(() => backend.matmul(c, 8, c, 8, 1, c, 8, 1, NaN, 8, 8, false)).toThrow(outside);
    expect(() => backend.activationForward(gelu, c, end - 9, 10)).toThrow(outside);
    expect(() => backend.activationBackward(gelu, c, c, end, c, 1)).toThrow(outside);
    expect(multiply()).toEqual(before);
  });

  // The portable build does not fuse multiplication and addition.
  const fused = running.filter((build) => build !== 'portable');

  it(`give the same bytes as ${fused.join(' and ')}`, () => {
    const results = fused.map((build) => {
      const { arena, backend, c, multiply } = product(build, 37, 45, 530);
      const numbers = [...multiply()];
      for (const phi of [elu(), gelu, silu, mish]) {
        const [y, dx] = [arena.allocate(37 * 45), arena.allocate(37 * 45)];
        backend.activationForward(phi, c, y, 37 * 45);
        backend.activationBackward(phi, c, y, c, dx, 37 * 45);
        numbers.push(...arena.read(y, 37 * 45), ...arena.read(dx, 37 * 45));
      }
      return numbers;
    });
    for (const numbers of results) expect(numbers).toEqual(results[0]);
  });

  it('run in two workers at once without disturbing each other', async () => {
    const results = await Promise.all([1, 2].map((seed) => inWorker({ seed, milliseconds: 400 })));
    for (const { error, rounds, different } of results) {
      // 600 terms of size 1: one rounding each would be 600 × 6e-8 × their sum of sizes.
      expect(error).toBeLessThan(1e-3);
      expect(rounds).toBeGreaterThan(1);
      expect(different).toBe(0);
    }
  });

  it('leave operations that are not native to the compiled backend of the same arena', () => {
    const { arena, backend, c } = product(undefined, 4, 4, 4);
    const compiled: Backend = createBackend(arena, 'wasm');
    arena.write(c, [3, -4]);
    expect([backend.sumOfSquares(c, 2), backend.sum(c, 2)]).toEqual([25, -1]);
    expect([compiled.sumOfSquares(c, 2), compiled.sum(c, 2)]).toEqual([25, -1]);
  });
}

interface WorkerResult {
  readonly error: number;
  readonly rounds: number;
  readonly different: number;
}

function inWorker(data: { readonly seed: number; readonly milliseconds: number }): Promise<WorkerResult> {
  // Without the conditions of the test runner: a worker runs what is built.
  const file = new URL('../test/multiply-in-worker.mjs', import.meta.url);
  const worker = new Worker(file, { workerData: data, execArgv: [] });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
