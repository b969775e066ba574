/** Saturation of one activation layer. */
export interface LayerSaturation {
  readonly name: string;
  readonly units: number;
  /** Largest |φ'| of the layer's activation: what the threshold is a share of. */
  readonly steepest: number;
  /** Share of elements (samples × units) with |φ'(z)| < threshold × steepest. */
  readonly saturatedFraction: number;
  /** The part of them whose output is exactly 0: ReLU's silent side, which is sparsity rather than saturation. */
  readonly zeroFraction: number;
  /** For each unit, the share of samples on which it is saturated. */
  readonly unitFractions: Float64Array;
  /** Units that are saturated on every sample. */
  readonly saturatedUnits: readonly number[];
  /** Share to be expected for normal pre-activations of the measured mean and variance; null for maxout and learned slopes. */
  readonly predicted: { readonly saturatedFraction: number } | null;
}

/** Saturation of every activation layer over a data set. */
export interface Saturation {
  readonly kind: 'saturation';
  readonly samples: number;
  readonly threshold: number;
  readonly layers: readonly LayerSaturation[];
}
