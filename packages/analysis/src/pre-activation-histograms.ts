/** Distribution of one layer's pre-activations by step. */
export interface LayerHistograms {
  /** The activation layer. */
  readonly name: string;
  /** bins + 1 edges of the bins, the same at every step. */
  readonly edges: Float64Array;
  /** steps × bins counts of elements, row-major. */
  readonly counts: Float64Array;
  /** By step, elements below the first edge and from the last edge on. */
  readonly below: readonly number[];
  readonly above: readonly number[];
  /** By step, over all elements. */
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  /** Mean and variance that theory expects at initialisation; null where it has none. */
  readonly predicted: { readonly mean: number; readonly variance: number } | null;
}

/** Distributions of pre-activations through a training run, on the watched data set. */
export interface PreActivationHistograms {
  readonly kind: 'pre-activation-histograms';
  readonly data: string;
  readonly samples: number;
  /** Steps done at each look, from 0 on. */
  readonly steps: readonly number[];
  readonly layers: readonly LayerHistograms[];
  /** Where a value stopped being finite, which ended the histograms; null when none did. */
  readonly notFinite: { readonly step: number; readonly layer: string } | null;
}
