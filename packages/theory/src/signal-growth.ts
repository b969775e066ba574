import { type ElementwiseActivation, type Initializer, ParameterError } from '@relu-lab/core';
import { positive, readOptions, refuseUnknown } from '@relu-lab/core/options';
import { checkDefinition } from './definition.ts';
import { gaussianMoments } from './gaussian-moments.ts';
import { checkWidths } from './required-options.ts';

export interface SignalGrowthOptions {
  /** Units from the input to the output: inputs, hidden layers, outputs. At least two numbers. */
  readonly widths: readonly number[];
  /** The rule that draws weights and biases: what `initializer(name)` makes, or any object with its two variances. */
  readonly initializer: Pick<Initializer, 'variance' | 'biasVariance'>;
  /** Mean square of the input's features, above 0. Default 1. */
  readonly inputSecondMoment?: number;
}

/** What is to be expected of one weight layer of a wide network. */
export interface LayerSignal {
  /** From 1 on. */
  readonly layer: number;
  readonly fanIn: number;
  readonly fanOut: number;
  /** σ_w² = fanIn × Var[W]. */
  readonly weightVariance: number;
  readonly biasVariance: number;
  /** q, the variance of the pre-activations (of the outputs, in the last layer). */
  readonly q: number;
  /** Mean square of the gradient with respect to one pre-activation, relative to that of one output: 1 in the last layer. */
  readonly squaredGradient: number;
}

/**
 * Variance of signals and gradients layer by layer, for any initialisation and any widths: forward
 * q_l = fanIn_l Var[W_l] E[φ(√q_{l−1} z)²] + Var[b_l] (with the input's mean square in the first layer), backward
 * g_l = fanOut_{l+1} Var[W_{l+1}] E[φ'(√q_l z)²] g_{l+1}.
 *
 * With square layers and ReLU, He keeps both, Xavier halves them each layer, and PyTorch's default loses a factor of 6 of the gradient.
 *
 * @throws ParameterError for an unsound activation, widths that are no whole numbers of at least 1, or fewer than two of them.
 * @see He et al. 2015, https://arxiv.org/abs/1502.01852; Glorot & Bengio 2010, https://proceedings.mlr.press/v9/glorot10a.html
 */
export function signalGrowth(activation: ElementwiseActivation, options: SignalGrowthOptions): readonly LayerSignal[] {
  checkDefinition(activation);
  refuseUnknown('signalGrowth', options, ['widths', 'initializer', 'inputSecondMoment']);
  const { widths, initializer, ...rest } = options;
  const { inputSecondMoment } = readOptions('signalGrowth', rest, { inputSecondMoment: positive(1) });
  checkWidths('signalGrowth', widths);
  if (widths.length < 2)
    throw new ParameterError('widths of signalGrowth must hold the inputs and the outputs at least');
  if (typeof initializer?.variance !== 'function' || typeof initializer.biasVariance !== 'function') {
    throw new ParameterError("initializer of signalGrowth must be one, such as initializer('he-normal')");
  }

  const layers: Omit<LayerSignal, 'squaredGradient'>[] = [];
  const gradientFactors: number[] = [];
  let squareIn = inputSecondMoment;
  for (let layer = 1; layer < widths.length; layer++) {
    const [fanIn, fanOut] = [widths[layer - 1], widths[layer]];
    const variance = initializer.variance(fanIn, fanOut);
    const biasVariance = initializer.biasVariance(fanIn, fanOut);
    const q = fanIn * variance * squareIn + biasVariance;
    layers.push({ layer, fanIn, fanOut, weightVariance: fanIn * variance, biasVariance, q });
    const moments = gaussianMoments(activation, 0, Math.sqrt(q));
    squareIn = moments.secondMoment;
    // What the layer below is multiplied with needs E[φ'²] of that layer, filled in when its turn came before.
    if (layer > 1) gradientFactors[layer - 2] *= fanOut * variance;
    gradientFactors.push(moments.derivativeSecondMoment);
  }
  return withGradients(layers, gradientFactors);
}

/** `factors[i]` is g of layer i divided by g of layer i + 1. */
function withGradients(
  layers: readonly Omit<LayerSignal, 'squaredGradient'>[],
  factors: readonly number[],
): readonly LayerSignal[] {
  let squaredGradient = 1;
  const fromTheEnd = [...layers.entries()].reverse().map(([i, layer]) => {
    if (i < layers.length - 1) squaredGradient *= factors[i];
    return { ...layer, squaredGradient };
  });
  return fromTheEnd.reverse();
}
