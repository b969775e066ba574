/**
 * A stream of random numbers that depends on its seed and its names alone, never on what other streams have drawn.
 *
 * Drawing advances the stream. `fillNormal` and `fillUniform` draw exactly what repeated `normal` and `uniform` would.
 */
export interface RandomStream {
  /** The stream called `name` below this one; the same whenever and however often it is asked for. */
  stream(name: string): RandomStream;
  /** Uniform on [low, high), by default [0, 1), with 53 random bits. */
  uniform(low?: number, high?: number): number;
  /** Normal with the given mean and standard deviation, by default 0 and 1. */
  normal(mean?: number, deviation?: number): number;
  /** A whole number from 0 to `below` − 1, each equally likely. */
  integer(below: number): number;
  /** The numbers 0 to `length` − 1 in random order. */
  permutation(length: number): Int32Array;
  fillUniform(out: Float32Array | Float64Array, low?: number, high?: number): void;
  fillNormal(out: Float32Array | Float64Array, mean?: number, deviation?: number): void;
}
