/**
 * A stream of random numbers that depends on its seed and its names alone, never on what other streams have drawn.
 *
 * Drawing advances the stream, and each kind of number (uniform, normal, integer) for itself: the third normal is the
 * same number whether or not uniform ones were drawn before it. `fillNormal` and `fillUniform` draw exactly what repeated
 * `normal` and `uniform` would, rounded to the type of the array.
 */
export interface RandomStream {
  /** The stream called `name` below this one; the same whenever and however often it is asked for. */
  stream(name: string): RandomStream;
  /**
   * Uniform on [low, high), by default [0, 1), with 53 random bits.
   *
   * @throws ParameterError unless low < high, both finite.
   */
  uniform(low?: number, high?: number): number;
  /**
   * Normal with the given mean and standard deviation, by default 0 and 1; never more than 8.58 deviations away.
   *
   * @throws ParameterError unless both are finite and the deviation is at least 0.
   */
  normal(mean?: number, deviation?: number): number;
  /**
   * A whole number from 0 to `below` − 1, each exactly equally likely.
   *
   * @throws ParameterError unless `below` is a whole number from 1 to 2⁵³ − 1.
   */
  integer(below: number): number;
  /**
   * The numbers 0 to `length` − 1 in random order, each order equally likely (Fisher–Yates); draws integers.
   *
   * @throws ParameterError unless `length` is a whole number from 0 to 2³¹ − 1.
   */
  permutation(length: number): Int32Array;
  /** Fills `out` with uniform numbers. In a `Float32Array` the largest of them can round to `high` itself. */
  fillUniform(out: Float32Array | Float64Array, low?: number, high?: number): void;
  /** Fills `out` with normal numbers. */
  fillNormal(out: Float32Array | Float64Array, mean?: number, deviation?: number): void;
}
