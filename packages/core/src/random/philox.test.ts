import { describe, expect, it } from 'vitest';
import { philox4x32 } from './philox.ts';

function block(counter: readonly [number, number, number, number], key: readonly [number, number]): string {
  const out = new Int32Array(4);
  philox4x32(...counter, ...key, out);
  return [...out].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');
}

describe('philox4x32', () => {
  // The lines "philox4x32 10" of kat_vectors in Random123, https://github.com/DEShawResearch/random123
  it.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], 'd16cfe09 94fdcceb 5001e420 24126ea1'],
  ] as const)('gives the published words for counter %s and key %s', (counter, key, expected) => {
    expect(block(counter, key)).toBe(expected);
  });

  it('writes four words from the offset on, and no others', () => {
    const out = new Int32Array(6);
    philox4x32(0, 0, 0, 0, 0, 0, out, 1);
    expect([...out].map((word) => word >>> 0)).toEqual([0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8, 0]);
  });

  it('equals the definition in whole numbers of any size', () => {
    const mask = 0xffffffffn;
    for (let trial = 0; trial < 200; trial++) {
      const words = Array.from({ length: 6 }, (_, i) => Math.imul(trial * 6 + i + 1, 0x9e3779b1) >>> 0);
      let [x0, x1, x2, x3, k0, k1] = words.map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint];
      for (let round = 0; round < 10; round++) {
        const first = x0 * 0xd2511f53n;
        const second = x2 * 0xcd9e8d57n;
        [x0, x1, x2, x3] = [(second >> 32n) ^ x1 ^ k0, second & mask, (first >> 32n) ^ x3 ^ k1, first & mask];
        k0 = (k0 + 0x9e3779b9n) & mask;
        k1 = (k1 + 0xbb67ae85n) & mask;
      }
      const expected = [x0, x1, x2, x3].map((word) => word.toString(16).padStart(8, '0')).join(' ');
      const [a, b, c, d, e, f] = words as [number, number, number, number, number, number];
      expect(block([a, b, c, d], [e, f])).toBe(expected);
    }
  });
});
