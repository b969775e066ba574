/** Gradients and updates of one weight layer by step, of the training batches. */
export interface LayerGradientTimeline {
  readonly name: string;
  /** Mean square of the layer's pre-activations. */
  readonly forwardSecondMoment: readonly number[];
  /** √(mean over samples of |∂ℓ/∂z|²). */
  readonly gradientNorm: readonly number[];
  /** |∂L/∂W| / |W|. */
  readonly gradientToWeightRatio: readonly number[];
  /** |ΔW| / |W|: the update that the step made. Around 1e-3 is usual for a healthy run. */
  readonly updateToWeightRatio: readonly number[];
}

/** Gradient flow through a training run. */
export interface GradientTimeline {
  readonly kind: 'gradient-timeline';
  readonly steps: readonly number[];
  readonly layers: readonly LayerGradientTimeline[];
}
