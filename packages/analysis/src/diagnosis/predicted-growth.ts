import type { ElementwiseActivation } from '@relu-lab/core';
import type { Layer, Network } from '@relu-lab/nn';
import { batchNormGrowth, correlationMap, lengthMap, moments } from '@relu-lab/theory';
import type { Vitals, WeightVitals } from './vitals.ts';

/** What mean field theory says of a chain of layers with these variances of weights and biases, in the limit of wide layers. */
export interface PredictedGrowth {
  /** Squared gradient at the first weight layer over that at the last hidden one. */
  readonly gradient: number;
  /** χ₁, the factor on the squared gradient a layer: the geometric mean over layers. */
  readonly gradientPerLayer: number;
  /** Mean square of the last hidden layer's pre-activations, less their biases, over that of the inputs. */
  readonly signal: number;
}

/**
 * The prediction for a network whose hidden layers are dense layer, elementwise activation, and nothing else (dropout and flatten
 * aside); null for any other, and without a hidden layer. The weights count as random with the variance that they have.
 */
export function predictGrowth(network: Network, vitals: Vitals): PredictedGrowth | null {
  const hidden = hiddenChain(network, vitals);
  if (!hidden) return null;
  let gradientLog = 0;
  let length = vitals.inputLength;
  let signal = length;
  for (const [i, { weights, before }] of hidden.entries()) {
    const { weightVariance, biasVariance, biasMean } = weights;
    const moment =
      before && moments(before.activation, { mean: before.biasMean, variance: length - before.biasMean ** 2 });
    if (moment && i > 0) gradientLog += Math.log(weightVariance * moment.derivativeSecondMoment);
    signal = weightVariance * (moment?.secondMoment ?? length);
    length = signal + biasVariance + biasMean ** 2;
  }
  return {
    gradient: Math.exp(gradientLog),
    gradientPerLayer: Math.exp(gradientLog / Math.max(hidden.length - 1, 1)),
    signal: signal / vitals.inputLength,
  };
}

/** 1 − correlation of the last hidden pre-activations over that of the inputs, predicted for the same networks; null where signals are 0, too. */
export function predictDecorrelation(network: Network, vitals: Vitals): number | null {
  const hidden = hiddenChain(network, vitals);
  if (!hidden) return null;
  let length = vitals.inputLength;
  let correlation = vitals.inputLikeness;
  for (const { weights, before } of hidden) {
    const { weightVariance } = weights;
    const biasVariance = weights.biasVariance + weights.biasMean ** 2;
    if (!(length > 0 && Number.isFinite(length + correlation))) return null;
    if (before) {
      correlation = correlationMap(before.activation, { weightVariance, biasVariance, q: length }, correlation);
      length = lengthMap(before.activation, { weightVariance, biasVariance, q: length });
    } else {
      const signal = weightVariance * length;
      correlation = (signal * correlation + biasVariance) / (signal + biasVariance);
      length = signal + biasVariance;
    }
  }
  return (1 - correlation) / (1 - vitals.inputLikeness);
}

/** The factor a layer that batch norm puts on the squared gradient, for a chain with batch norm in every hidden layer; else null. */
export function predictBatchNormGrowth({ layers }: Network): number | null {
  const norms = layers.filter(({ role }) => role === 'normalization');
  const activations = layers.flatMap(({ activation }) => (activation?.kind === 'elementwise' ? [activation] : []));
  if (activations.length === 0 || norms.length < activations.length || !isChain(layers)) return null;
  return norms.every(({ kind }) => kind === 'batch-norm') ? batchNormGrowth(activations[0]) : null;
}

/** Whether every layer reads the one before, and that alone. */
export function isChain(layers: readonly Layer[]): boolean {
  return layers.every(({ from }, i) => from.length === 1 && from[0] === (i === 0 ? 'input' : layers[i - 1].name));
}

/** A hidden weight layer, and the activation that it reads with the mean of the biases there; null in the first one. */
interface ChainLayer {
  readonly weights: WeightVitals;
  readonly before: { readonly activation: ElementwiseActivation; readonly biasMean: number } | null;
}

/** The hidden weight layers; null when the network is no such chain. */
function hiddenChain({ layers }: Network, { weights }: Vitals): readonly ChainLayer[] | null {
  if (!isChain(layers) || layers.some(({ role }) => role === 'normalization')) return null;
  const chain: ChainLayer[] = [];
  let before: ChainLayer['before'] = null;
  for (const weight of weights.slice(0, -1)) {
    chain.push({ weights: weight, before });
    const activation = layers.find(({ from }) => from[0] === weight.layer.name)?.activation;
    if (activation?.kind !== 'elementwise') return null;
    before = { activation, biasMean: weight.biasMean };
  }
  return chain.length === 0 ? null : chain;
}
