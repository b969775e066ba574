import type { Kernels } from '../backends/wasm/kernels.ts';
import { instantiateKernels, supportedBuilds } from '../backends/wasm/instantiate.ts';

/** The last word of the counter of the blocks that a kind of number is made from. */
export const UNIFORM = 0;
export const NORMAL = 1;

/** Blocks that are made at a time: 32 KiB of float64. */
const chunkBlocks = 2048;

/** The compiled generator and the memory it writes to. */
interface Generator {
  readonly kernels: Kernels;
  readonly singles: Float32Array;
  readonly doubles: Float64Array;
}

/** Made on first use; null in a runtime without SIMD. */
let generator: Generator | null | undefined;

function createGenerator(): Generator | null {
  if (!supportedBuilds().includes('simd')) return null;
  const memory = new WebAssembly.Memory({ initial: 1 });
  // Both builds draw the same numbers; this one is everywhere.
  const { kernels } = instantiateKernels(memory, 'simd');
  return { kernels, singles: new Float32Array(memory.buffer), doubles: new Float64Array(memory.buffer) };
}

/**
 * Writes the numbers of `blocks` Philox blocks from block `first` on, two a block, to `out` from index `start` on: bit by
 * bit those that are drawn one by one. Uniform ones lie between `a` and `b`; normal ones have mean `a` and deviation `b`.
 *
 * @returns whether it did: not in a runtime without SIMD.
 */
export function fillFromBlocks(
  out: Float32Array | Float64Array,
  start: number,
  blocks: number,
  key0: number,
  key1: number,
  first: number,
  kind: typeof UNIFORM | typeof NORMAL,
  a: number,
  b: number,
): boolean {
  generator ??= createGenerator();
  if (generator === null) return false;
  const { kernels, singles, doubles } = generator;
  const single = out instanceof Float32Array;
  const made = single ? singles : doubles;
  for (let done = 0; done < blocks; done += chunkBlocks) {
    const count = Math.min(chunkBlocks, blocks - done);
    const whole = Math.ceil(count / 4) * 4;
    kernels.fillFromBlocks(0, whole, key0, key1, first + done, kind, a, b, single);
    out.set(made.subarray(0, 2 * count), start + 2 * done);
  }
  return true;
}
