import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { instantiateKernels, supportedBuilds } from '../backends/wasm/instantiate.ts';
import { boxMuller } from './box-muller.ts';
import { NORMAL, UNIFORM } from './fill-from-blocks.ts';
import { philox4x32 } from './philox.ts';
import { random } from './random.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

/** The numbers of a block, as they are drawn one by one. */
function drawn(kind: number, key0: number, key1: number, block: number): Float64Array {
  const words = new Int32Array(4);
  philox4x32(block | 0, Math.floor(block / 2 ** 32), 0, kind, key0, key1, words);
  const unit = (at: number): number => ((words[at] >>> 5) * 2 ** 26 + (words[at + 1] >>> 6)) * 2 ** -53;
  if (kind === UNIFORM) return Float64Array.of(unit(0), unit(2));
  const pair = new Float64Array(2);
  boxMuller(unit(0), unit(2), pair);
  return pair;
}

const words = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe.each(supportedBuilds())('the vectorised generator in the build %s', (build) => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { kernels } = instantiateKernels(memory, build);

  it('draws bit by bit what one draw after the other does, for every key and every block', () => {
    const blocks = fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32 - 2, 2 ** 32, 2 ** 40 - 3), fc.nat({ max: 2 ** 50 }));
    const kinds = fc.constantFrom(UNIFORM, NORMAL);
    fc.assert(
      fc.property(kinds, words, words, blocks, fc.integer({ min: 1, max: 5 }), (kind, key0, key1, first, fours) => {
        // Uniform from 0.25 to 1.75, or normal with mean 0.25 and deviation 1.5: the same arithmetic.
        kernels.fillFromBlocks(0, 4 * fours, key0, key1, first, kind, 0.25, kind === UNIFORM ? 1.75 : 1.5, false);
        const made = new Float64Array(memory.buffer, 0, 8 * fours);
        for (let i = 0; i < made.length; i++) {
          expect(made[i]).toBe(0.25 + 1.5 * drawn(kind, key0, key1, first + Math.floor(i / 2))[i % 2]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is right through all quarters of the circle and both halves of the logarithm', () => {
    // 40 000 pairs: each quarter, and each side of √½, some thousand times.
    for (let first = 0; first < 40_000; first += 2000) {
      kernels.fillFromBlocks(0, 2000, 7, 11, first, NORMAL, 0, 1, true);
      const made = new Float32Array(memory.buffer, 0, 4000);
      const different = made.findIndex(
        (value, i) => !Object.is(value, Math.fround(0 + drawn(NORMAL, 7, 11, first + Math.floor(i / 2))[i % 2])),
      );
      expect(different).toBe(-1);
    }
  });
});

describe('fillNormal and fillUniform', () => {
  it('give the same bytes whether or not they can use SIMD, from any point on, for any length', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat({ max: 40 }),
        fc.nat({ max: 5000 }),
        fc.boolean(),
        (seed, before, length, single) => {
          const filled = random(seed).stream('fill');
          const alone = random(seed).stream('fill');
          for (const stream of [filled, alone]) {
            for (let i = 0; i < before; i++) {
              stream.normal();
              stream.uniform();
            }
          }
          const normals = single ? new Float32Array(length) : new Float64Array(length);
          const uniforms = normals.slice();
          filled.fillNormal(normals, -1, 0.5);
          filled.fillUniform(uniforms, -3, 4);
          const round = single ? Math.fround : (x: number): number => x;
          const expectedNormals = Array.from(normals, () => round(alone.normal(-1, 0.5)));
          const expectedUniforms = Array.from(uniforms, () => round(alone.uniform(-3, 4)));
          expect(normals.findIndex((value, i) => !Object.is(value, expectedNormals[i]))).toBe(-1);
          expect(uniforms.findIndex((value, i) => !Object.is(value, expectedUniforms[i]))).toBe(-1);
          expect([filled.normal(), filled.uniform()]).toEqual([alone.normal(), alone.uniform()]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps a uniform number below the end of its range where rounding would reach it', () => {
    const filled = new Float64Array(2000);
    random(5).fillUniform(filled, 1, 1 + 2 ** -52);
    expect(filled.findIndex((value) => value !== 1)).toBe(-1);
  });

  it('fills a part of an array and nothing beside it', () => {
    const all = new Float32Array(200).fill(9);
    random(1).fillNormal(all.subarray(20, 181));
    const expected = random(1);
    const inside = Array.from({ length: 161 }, () => Math.fround(expected.normal()));
    expect(Array.from(all)).toEqual([...new Array(20).fill(9), ...inside, ...new Array(19).fill(9)]);
  });

  it('draws the same numbers in a runtime without SIMD', async () => {
    const here = [new Float64Array(100), new Float64Array(100)];
    random(5).fillNormal(here[0]);
    random(5).fillUniform(here[1]);
    vi.resetModules();
    vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const fresh = await import('./random.ts');
    const there = [new Float64Array(100), new Float64Array(100)];
    fresh.random(5).fillNormal(there[0]);
    fresh.random(5).fillUniform(there[1]);
    expect(there).toEqual(here);
  });
});
