import type { RandomStream } from './random/stream.ts';

/** Which count scales the weights: of inputs, of outputs, or the mean of both. */
export type FanMode = 'fan-in' | 'fan-out' | 'fan-average';

/**
 * A rule that draws the weights of a dense layer: `fanOut × fanIn`, row-major (one row a unit).
 *
 * `variance` is what the draw aims at for one weight, so that theory can be held against it. Any object of this shape
 * will do where an initialiser is asked for; `initializer(name, options)` makes the known ones.
 */
export interface Initializer {
  readonly name: string;
  /** The options that it was made with, defaults included: `initializer(name, parameters)` makes it again. */
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly source: { readonly title: string; readonly url: string };
  /**
   * Var[W] that the draw aims at, for one weight. (The weightVariance σ_w² of mean-field theory is `fanIn` times it.)
   *
   * @throws ParameterError unless both fans are whole numbers of at least 1.
   */
  variance(fanIn: number, fanOut: number): number;
  /** Var[b] that the draw aims at: 0 for all but `pytorch-default`. */
  biasVariance(fanIn: number, fanOut: number): number;
  /**
   * Fills `out` (`fanOut × fanIn`) from `stream`.
   *
   * @throws ShapeError when `out` has another length.
   */
  weights(out: Float32Array, fanIn: number, fanOut: number, stream: RandomStream): void;
  /**
   * Fills `out` (`fanOut`) from `stream`.
   *
   * @throws ShapeError when `out` has another length.
   */
  biases(out: Float32Array, fanIn: number, fanOut: number, stream: RandomStream): void;
  /**
   * Set only for data-dependent rules (LSUV): the variance of each layer's pre-activations on a batch of data, to which
   * the weights are rescaled after the draw. Networks do that; see `lsuv` in `@relu-lab/nn`.
   */
  readonly outputVariance?: number;
}
