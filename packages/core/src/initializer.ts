import type { RandomStream } from './random/stream.ts';

/** Which count scales the weights: of inputs, of outputs, or the mean of both. */
export type FanMode = 'fan-in' | 'fan-out' | 'fan-average';

/**
 * A rule that draws the weights of a dense layer: `fanOut × fanIn`, row-major (one row a unit).
 *
 * `variance` is what the draw aims at for one weight, so that theory can be held against it.
 */
export interface Initializer {
  readonly name: string;
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly source: { readonly title: string; readonly url: string };
  /** Var[W] that the draw aims at. */
  variance(fanIn: number, fanOut: number): number;
  /** Var[b] that the draw aims at: 0 for all but `pytorch-default`. */
  biasVariance(fanIn: number, fanOut: number): number;
  /** Fills `out` (`fanOut × fanIn`) from `stream`. */
  weights(out: Float32Array, fanIn: number, fanOut: number, stream: RandomStream): void;
  /** Fills `out` (`fanOut`) from `stream`. */
  biases(out: Float32Array, fanIn: number, fanOut: number, stream: RandomStream): void;
  /**
   * Set only for data-dependent rules (LSUV): the variance of each layer's pre-activations on a batch of data, to which
   * the weights are rescaled after the draw. Networks do that; see `lsuv` in `@relu-lab/nn`.
   */
  readonly outputVariance?: number;
}
