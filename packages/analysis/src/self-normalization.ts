/** Mean and variance of activations. */
export interface MeanAndVariance {
  readonly mean: number;
  readonly variance: number;
}

/** (mean, variance) of activations through a deep SELU network, layer by layer. */
export interface SelfNormalization {
  readonly kind: 'self-normalization';
  readonly initializer: string;
  readonly width: number;
  /** Rate of alpha dropout. */
  readonly dropout: number;
  readonly samples: number;
  readonly seeds: number;
  /** Layer 0 is the input. Measured over units and samples, mean over seeds; predicted by theory's map from the input on. */
  readonly trajectory: readonly {
    readonly layer: number;
    readonly measured: MeanAndVariance;
    /** Standard error over seeds; null for one seed. */
    readonly standardError: MeanAndVariance | null;
    readonly predicted: MeanAndVariance;
  }[];
  /** Whether the last layer lies closer to (0, 1) than the input, or stays within 0.1 of it. */
  readonly verdict: 'normalising' | 'not-normalising';
}
