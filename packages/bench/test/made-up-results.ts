import type { ContenderId } from '../src/contenders.ts';
import type { Entry, Results, SuiteName } from '../src/results.ts';
import type { Work } from '../src/work.ts';

/** Results that nobody measured, with numbers that are easy to follow: for tests of what is made of results. */
export function madeUpResults(changes: Partial<Results> = {}): Results {
  const entry = (
    suite: SuiteName,
    comparison: string,
    contender: ContenderId,
    work: Work,
    seconds: readonly number[],
  ): Entry => ({ suite, comparison, contender, work, clock: 'cpu', runs: 1, seconds });
  const product: Work = { kind: 'matrix-product', n: 64 };
  const toy: Work = { kind: 'step', widths: '2-64-64-2', rows: 128 };
  const wide = { widths: '784-256-256-10', rows: 128 };
  const fma: Work = { kind: 'limit', name: 'fma-128', n: 1e8 };
  const width = (units: number, seconds: number): Entry =>
    entry('growth', 'width', 'wasm-simd', { kind: 'step', widths: `${units}x5`, rows: 128 }, [seconds]);
  return {
    schema: 1,
    started: '2030-05-06T07:08:09.000Z',
    took: 75,
    machine: {
      processor: 'Difference Engine',
      cores: 2,
      memoryGigabytes: 8,
      system: 'linux 1.0',
      node: '20.1.2',
      v8: '11',
      commit: '0123456789ab',
      load: 0.25,
    },
    effort: { rounds: 3, chunkSeconds: 0.01, warmUpSeconds: 0.1 },
    contenders: [
      { id: 'limits', label: 'C', info: { compiler: '12' } },
      { id: 'wasm-simd', label: 'relu-lab wasm simd, Node 20', info: { build: 'simd', node: '20.1.2' } },
      { id: 'native', label: 'relu-lab native, Node 20', missing: 'it is not built' },
      { id: 'torch-1', label: 'PyTorch, 1 thread', info: { torch: '1.13' } },
      { id: 'torch-2', label: 'PyTorch, 2 threads', info: { torch: '1.13' } },
    ],
    blas: { name: 'OpenBLAS', detail: 'OpenBLAS 0.3', shareOfPeak: 0.8, counts: true, reason: 'an optimised BLAS' },
    entries: [
      // 1e8 operations in 2 ms are 50 GFLOP/s; 2 · 64³ in 20.97152 µs are 25.
      entry('matmul', 'matrix product, n = 64', 'limits', fma, [2e-3, 2e-3, 2e-3]),
      entry('matmul', 'matrix product, n = 64', 'wasm-simd', product, [20.97152e-6, 20.97152e-6, 20.97152e-6]),
      entry('steps', 'training step, 2-64-64-2, batch 128', 'wasm-simd', toy, [1e-4, 1e-4, 1e-4]),
      entry('steps', 'training step, 2-64-64-2, batch 128', 'torch-1', toy, [1.5e-4, 1.6e-4, 1.7e-4]),
      entry('steps', 'training step, 2-64-64-2, batch 128', 'torch-2', toy, [1.05e-4, 1.05e-4, 1.05e-4]),
      entry('steps', 'wide', 'wasm-simd', { kind: 'step', ...wide }, [6e-3, 6e-3, 6e-3]),
      entry('steps', 'wide', 'wasm-simd', { kind: 'step-products', ...wide }, [5e-3, 5e-3, 5e-3]),
      {
        ...entry('theory', 'naps', 'wasm-simd', { kind: 'task', name: 'naps' }, [0.5, 0.5, 0.5]),
        task: { label: 'short naps', amount: 10, unit: 'naps/s' },
      },
      width(16, 1e-5),
      width(32, 4e-5),
      width(64, 16e-5),
    ],
    refusals: [{ suite: 'steps', comparison: 'wide', contender: 'torch-2', reason: 'ended with SIGKILL' }],
    ...changes,
  };
}
