/**
 * One block of Philox4x32-10: four random words that are a fixed function of a 128-bit counter and a 64-bit key.
 *
 * Words go in and come out as 32-bit integers; `out[offset]` to `out[offset + 3]` are written. A generator is then
 * nothing but a count: any block can be had at any time, in any order.
 *
 * @see Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", https://doi.org/10.1145/2063384.2063405
 */
export function philox4x32(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Int32Array,
  offset = 0,
): void {
  let x0 = counter0 | 0;
  let x1 = counter1 | 0;
  let x2 = counter2 | 0;
  let x3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    // The upper halves of x0 × 0xD2511F53 and x2 × 0xCD9E8D57, in 16-bit digits because a product here keeps 32 bits.
    const low0 = x0 & 0xffff;
    const high0 = x0 >>> 16;
    const middle0 = (Math.imul(high0, 0x1f53) + (Math.imul(low0, 0x1f53) >>> 16)) | 0;
    const cross0 = (Math.imul(low0, 0xd251) + (middle0 & 0xffff)) | 0;
    const upper0 = (Math.imul(high0, 0xd251) + (middle0 >>> 16) + (cross0 >>> 16)) | 0;
    const low2 = x2 & 0xffff;
    const high2 = x2 >>> 16;
    const middle2 = (Math.imul(high2, 0x8d57) + (Math.imul(low2, 0x8d57) >>> 16)) | 0;
    const cross2 = (Math.imul(low2, 0xcd9e) + (middle2 & 0xffff)) | 0;
    const upper2 = (Math.imul(high2, 0xcd9e) + (middle2 >>> 16) + (cross2 >>> 16)) | 0;

    const lower0 = Math.imul(x0, 0xd2511f53);
    x0 = upper2 ^ x1 ^ k0;
    x1 = Math.imul(x2, 0xcd9e8d57);
    x2 = upper0 ^ x3 ^ k1;
    x3 = lower0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[offset] = x0;
  out[offset + 1] = x1;
  out[offset + 2] = x2;
  out[offset + 3] = x3;
}
