/** Where a definition comes from. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/**
 * The values that an activation takes: from `from` to `to`, each end included (`closed`) or only approached. Rounding may
 * reach an end that is only approached: `tanh.value(20)` is 1.
 */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly closedFrom: boolean;
  readonly closedTo: boolean;
}

/**
 * A compiled kernel that computes the activation over arrays. A backend that has no kernel of that name falls back on
 * {@link ElementwiseActivation.value} and {@link ElementwiseActivation.derivative}.
 *
 * `<name>Forward` takes x; `<name>Backward` takes the output y of an activation that has `derivativeFromOutput`, and x of
 * one that has not. `reluBackward` and `relu6Backward` with a subgradient of 0 take the output alone.
 */
export interface ActivationKernel {
  /** In camelCase: `leakyRelu`. */
  readonly name: string;
  /** At most two numbers, passed to the kernel after the arrays. */
  readonly arguments: readonly number[];
}

/** An activation function φ: ℝ → ℝ, applied to each element on its own. */
export interface ElementwiseActivation {
  readonly kind: 'elementwise';
  /** The kebab-case name in the catalogue, or the name that its author gave. */
  readonly name: string;
  /** The parameters in force, defaults included. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The formula in TeX, without delimiters. */
  readonly tex: string;
  readonly source: Source;
  /** Points where φ is not differentiable, ascending. `derivative` there is a stated choice. */
  readonly kinks: readonly number[];
  readonly range: Range;
  /** Whether φ(c x) = c φ(x) for every c > 0. */
  readonly positivelyHomogeneous: boolean;
  /** φ(x) in float64; NaN for NaN. */
  value(x: number): number;
  /** φ'(x) in float64; at a kink the documented subgradient; NaN for NaN. */
  derivative(x: number): number;
  /** φ'(x) as a function of y = φ(x), where there is one for every x. */
  derivativeFromOutput?(y: number): number;
  readonly kernel?: ActivationKernel;
}

/** The maximum over `pieces` linear functions: a unit takes `pieces` pre-activations and returns the largest. */
export interface MaxoutActivation {
  readonly kind: 'maxout';
  readonly name: 'maxout';
  readonly parameters: Readonly<Record<string, number>>;
  /** k, the pre-activations of one unit; at least 1. */
  readonly pieces: number;
  readonly tex: string;
  readonly source: Source;
  readonly range: Range;
  readonly positivelyHomogeneous: true;
  /** The largest of the `pieces` values; NaN when one of them is NaN. Throws ShapeError for another number of values. */
  value(pieces: ArrayLike<number>): number;
  /** Index of the piece that receives the whole slope: the first of the largest. */
  winner(pieces: ArrayLike<number>): number;
}

export type Activation = ElementwiseActivation | MaxoutActivation;
