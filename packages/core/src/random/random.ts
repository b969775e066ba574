import { ParameterError } from '../errors.ts';
import { boxMuller } from './box-muller.ts';
import { NORMAL, UNIFORM, fillFromBlocks } from './fill-from-blocks.ts';
import { philox4x32 } from './philox.ts';
import type { RandomStream } from './stream.ts';

/*
 * What a stream draws, so that another generator can draw the same.
 *
 * Every number is read from Philox blocks under the stream's key. A block's counter is (n mod 2³², ⌊n / 2³²⌋, 0, kind):
 * each kind of number counts its own blocks n = 0, 1, 2, …, so that the i-th normal is the same whether or not uniform
 * numbers were drawn before it.
 *
 *   kind 0, uniform   two a block: draw i is word pair i mod 2 of block ⌊i / 2⌋, as (⌊a / 2⁵⌋ 2²⁶ + ⌊b / 2⁶⌋) / 2⁵³
 *   kind 1, normal    two a block: draw i is number i mod 2 of Box and Muller's pair from the block's two uniform numbers
 *   kind 2, integer   four words a block, read in order; words that would favour small results are skipped
 *   kind 3, names     never drawn: these blocks give the keys of the streams below
 *
 * A root's key is its seed (low word, high word). The key of a stream below is found from that of the stream above by a
 * chain over the name's UTF-16 code units, four to a step (missing ones 0): the next key is words 0 and 1 of the block with
 * counter (unit 0 + 2¹⁶ unit 1, unit 2 + 2¹⁶ unit 3, length of the name, 3) under the key so far. An empty name takes one
 * step. The length in every step keeps ['a', 'b'], ['ab'], ['a\0'] and ['a/b'] apart.
 */
const INTEGER = 2;
const NAMES = 3;

/** Blocks from which the vectorised generator is worth its call. */
const fewestBlocks = 8;

const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

/**
 * A stream of random numbers (Philox4x32-10) that is the same for the same seed on every machine.
 *
 * Give every use its own named stream, and a draw added to one of them changes nothing in the others:
 * `random(42).stream('weights').stream('layer 1')`. Names form a path; the streams of different paths are independent.
 *
 * @param seed - a whole number from 0 to 2⁵³ − 1.
 * @throws ParameterError for any other seed.
 */
export function random(seed: number): RandomStream {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new ParameterError(`A seed must be a whole number from 0 to 2^53 − 1; got ${String(seed)}`);
  }
  return new PhiloxStream(seed | 0, Math.floor(seed / TWO_32) | 0);
}

/** The uniform number, a multiple of 2⁻⁵³ in [0, 1), that a pair of words holds. */
function unit(words: Int32Array, at: number): number {
  return ((words[at] >>> 5) * 67108864 + (words[at + 1] >>> 6)) * 2 ** -53;
}

class PhiloxStream implements RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  readonly #words: Int32Array = new Int32Array(4);
  readonly #pair: Float64Array = new Float64Array(2);
  readonly #integerWords: Int32Array = new Int32Array(4);
  #uniforms = 0;
  #nextUniform = 0;
  #normals = 0;
  #integerWordsRead = 0;

  constructor(key0: number, key1: number) {
    this.#key0 = key0;
    this.#key1 = key1;
  }

  stream(name: string): RandomStream {
    const words = new Int32Array(4);
    words[0] = this.#key0;
    words[1] = this.#key1;
    for (let at = 0; at === 0 || at < name.length; at += 4) {
      // charCodeAt is NaN past the end, and NaN is 0 to the bit operators.
      const first = name.charCodeAt(at) | (name.charCodeAt(at + 1) << 16);
      const second = name.charCodeAt(at + 2) | (name.charCodeAt(at + 3) << 16);
      philox4x32(first, second, name.length, NAMES, words[0], words[1], words);
    }
    return new PhiloxStream(words[0], words[1]);
  }

  uniform(low = 0, high = 1): number {
    checkRange(low, high);
    return within(low, high, this.#unit());
  }

  normal(mean = 0, deviation = 1): number {
    checkNormal(mean, deviation);
    return mean + deviation * this.#standardNormal();
  }

  integer(below: number): number {
    if (!Number.isSafeInteger(below) || below < 1) {
      throw new ParameterError(
        `integer(below) needs a whole number from 1 to 2^53 − 1, the count of possible results; got ${String(below)}`,
      );
    }
    return this.#integer(below);
  }

  permutation(length: number): Int32Array {
    if (!Number.isInteger(length) || length < 0 || length > 0x7fffffff) {
      throw new ParameterError(`permutation(length) needs a whole number from 0 to 2^31 − 1; got ${String(length)}`);
    }
    const order = new Int32Array(length);
    // Fisher and Yates, from inside out: position i takes what lies at a random place up to i, which takes i.
    for (let i = 0; i < length; i++) {
      const j = this.#integer(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  fillUniform(out: Float32Array | Float64Array, low = 0, high = 1): void {
    checkRange(low, high);
    let i = 0;
    if (this.#uniforms % 2 === 1 && out.length > 0) out[i++] = within(low, high, this.#unit());
    const blocks = this.#fill(out, i, UNIFORM, this.#uniforms / 2, low, high);
    this.#uniforms += 2 * blocks;
    for (i += 2 * blocks; i < out.length; i++) out[i] = within(low, high, this.#unit());
  }

  fillNormal(out: Float32Array | Float64Array, mean = 0, deviation = 1): void {
    checkNormal(mean, deviation);
    let i = 0;
    if (this.#normals % 2 === 1 && out.length > 0) out[i++] = mean + deviation * this.#standardNormal();
    const blocks = this.#fill(out, i, NORMAL, this.#normals / 2, mean, deviation);
    this.#normals += 2 * blocks;
    for (i += 2 * blocks; i < out.length; i++) out[i] = mean + deviation * this.#standardNormal();
  }

  /** Fills what whole blocks can fill of `out` from `start` on, where that can be done at once; returns how many blocks. */
  #fill(
    out: Float32Array | Float64Array,
    start: number,
    kind: typeof UNIFORM | typeof NORMAL,
    first: number,
    a: number,
    b: number,
  ): number {
    const blocks = Math.floor((out.length - start) / 2);
    if (blocks < fewestBlocks) return 0;
    return fillFromBlocks(out, start, blocks, this.#key0, this.#key1, first, kind, a, b) ? blocks : 0;
  }

  #block(kind: number, index: number, words: Int32Array): void {
    philox4x32(index | 0, Math.floor(index / TWO_32), 0, kind, this.#key0, this.#key1, words);
  }

  #unit(): number {
    const draw = this.#uniforms++;
    if (draw % 2 === 1) return this.#nextUniform;
    this.#block(UNIFORM, draw / 2, this.#words);
    this.#nextUniform = unit(this.#words, 2);
    return unit(this.#words, 0);
  }

  #standardNormal(): number {
    const draw = this.#normals++;
    if (draw % 2 === 1) return this.#pair[1];
    this.#block(NORMAL, draw / 2, this.#words);
    boxMuller(unit(this.#words, 0), unit(this.#words, 2), this.#pair);
    return this.#pair[0];
  }

  #integerWord(): number {
    const read = this.#integerWordsRead++;
    if (read % 4 === 0) this.#block(INTEGER, read / 4, this.#integerWords);
    return this.#integerWords[read % 4] >>> 0;
  }

  #integer(below: number): number {
    // Only a whole number of ranges of length `below` gives each result the same share of the words.
    if (below <= TWO_32) {
      const limit = TWO_32 - (TWO_32 % below);
      let word = this.#integerWord();
      while (word >= limit) word = this.#integerWord();
      return word % below;
    }
    const limit = TWO_53 - (TWO_53 % below);
    let wide = this.#wideWord();
    while (wide >= limit) wide = this.#wideWord();
    return wide % below;
  }

  /** 53 random bits from two words. */
  #wideWord(): number {
    const upper = this.#integerWord() >>> 11;
    return upper * TWO_32 + this.#integerWord();
  }
}

/** The point at share `u` of [low, high); rounding may carry it to `high`, which does not belong to the range. */
function within(low: number, high: number, u: number): number {
  const value = low + (high - low) * u;
  return value < high ? value : low;
}

function checkRange(low: number, high: number): void {
  if (!(low < high) || !Number.isFinite(high - low)) {
    throw new ParameterError(`A uniform range needs finite numbers low < high; got low ${low} and high ${high}`);
  }
}

function checkNormal(mean: number, deviation: number): void {
  if (!Number.isFinite(mean) || !(deviation >= 0) || !Number.isFinite(deviation)) {
    throw new ParameterError(
      `A normal draw needs a finite mean and a finite deviation of at least 0; got mean ${mean} and deviation ${deviation}`,
    );
  }
}
