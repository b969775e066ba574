import { DataError } from '@relu-lab/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdx } from './idx.ts';

describe('parseIdx', () => {
  it('reads big-endian sizes and the bytes after them', () => {
    const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255);
    const { dimensions, values } = parseIdx(bytes, 'x');
    expect(dimensions).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 255]);
  });

  it('reads what lies anywhere in a larger buffer, and any size of up to 32 bits', () => {
    const buffer = new Uint8Array(1 + 8 + 65_793);
    buffer.set([9, 0, 0, 8, 1, 0, 1, 1, 1]);
    const { dimensions, values } = parseIdx(buffer.subarray(1), 'x');
    expect(dimensions).toEqual([0x010101]);
    expect(values.length).toBe(65_793);
  });

  it.each<[string, number[], string]>([
    ['an empty file', [], 'digits is truncated: an IDX file starts with 4 bytes of magic number; it has 0'],
    [
      'text',
      [0x3c, 0x68, 0x74, 0x6d, 0x6c],
      'digits is not an IDX file: expected the magic number 00 00 08 and a count of dimensions, found 3c 68 74 6d',
    ],
    ['an unknown element type', [0, 0, 7, 1, 0, 0, 0, 0], 'found 00 00 07 01'],
    ['no dimensions', [0, 0, 8, 0], 'found 00 00 08 00'],
    [
      'floats',
      [0, 0, 0x0d, 1, 0, 0, 0, 0],
      'digits holds 32-bit floats (type 0d); only unsigned bytes (type 08) can be read',
    ],
    ['a gzip file', [0x1f, 0x8b, 8, 0], 'digits is compressed with gzip; unpack it first (gunzip)'],
    [
      'a header cut off',
      [0, 0, 8, 3, 0, 0, 0, 1],
      'digits is truncated: with 3 dimensions its header takes 16 bytes, but it has 8',
    ],
    [
      'too few elements',
      [0, 0, 8, 1, 0, 0, 0, 3, 1, 2],
      'digits is truncated: its header announces 3 bytes, so 11 with the header; it has 10',
    ],
    [
      'too many elements',
      [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2],
      'digits is too long: its header announces 1 × 1 bytes, so 13 with the header; it has 14',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => parseIdx(Uint8Array.from(bytes), 'digits')).toThrow(DataError);
    expect(() => parseIdx(Uint8Array.from(bytes), 'digits')).toThrow(message);
  });

  it('refuses every shortening of a sound file, and every lengthening', () => {
    const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);
    fc.assert(
      fc.property(fc.nat({ max: 40 }), (length) => {
        fc.pre(length !== bytes.length);
        const changed = new Uint8Array(length);
        changed.set(bytes.subarray(0, length));
        expect(() => parseIdx(changed, 'x')).toThrow(DataError);
      }),
    );
  });
});
