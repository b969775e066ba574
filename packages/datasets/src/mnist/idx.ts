import { DataError } from '@relu-lab/core';

/** The content of an IDX file of unsigned bytes: an array of any number of dimensions, last index fastest. */
export interface IdxArray {
  readonly dimensions: readonly number[];
  /** A view of the bytes that were parsed. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/** What the third byte of a file may say. */
const elementTypes: Readonly<Record<number, string>> = {
  0x08: 'unsigned bytes',
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
};

/**
 * Parses an IDX file, the format of MNIST: two zero bytes, the element type, the number of dimensions, one big-endian
 * 32-bit size a dimension, then the elements. Only unsigned bytes can be read.
 *
 * @param path - what to call the file in an error.
 * @throws DataError that says what was found and what was expected: for another magic number, another element type, sizes
 *   that are cut off or do not account for the length of the file.
 * @see LeCun, Cortes & Burges, The MNIST database, http://yann.lecun.com/exdb/mnist/ (the format is described at its end)
 */
export function parseIdx(bytes: Uint8Array, path: string): IdxArray {
  if (bytes.length < 4) {
    throw new DataError(
      `${path} is truncated: an IDX file starts with 4 bytes of magic number; it has ${bytes.length}`,
    );
  }
  const [zero, alsoZero, type, rank] = bytes;
  if (zero === 0x1f && alsoZero === 0x8b) {
    throw new DataError(`${path} is compressed with gzip; unpack it first (gunzip)`);
  }
  if (zero !== 0 || alsoZero !== 0 || elementTypes[type] === undefined || rank === 0) {
    throw new DataError(
      `${path} is not an IDX file: expected the magic number 00 00 08 and a count of dimensions, found ${hex(bytes.subarray(0, 4))}`,
    );
  }
  if (type !== UNSIGNED_BYTE) {
    throw new DataError(
      `${path} holds ${elementTypes[type]} (type ${hex([type])}); only unsigned bytes (type 08) can be read`,
    );
  }
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw new DataError(
      `${path} is truncated: with ${rank} dimensions its header takes ${header} bytes, but it has ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = header + dimensions.reduce((product, size) => product * size, 1);
  if (bytes.length !== expected) {
    throw new DataError(
      `${path} is ${bytes.length < expected ? 'truncated' : 'too long'}: its header announces ${dimensions.join(' × ')} bytes, so ${expected} with the header; it has ${bytes.length}`,
    );
  }
  return { dimensions, values: bytes.subarray(header) };
}

function hex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
