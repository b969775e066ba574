import type { ElementwiseActivation } from '@relu-lab/core';
import type { Layer, Network } from '@relu-lab/nn';
import { batchNormGrowth, meanField, moments } from '@relu-lab/theory';

/** Mean and variance of a layer's pre-activations, over samples and units. */
export interface PreActivationMoments {
  readonly mean: number;
  readonly variance: number;
}

/**
 * The growth that mean field theory expects between two weight layers, of the squared gradient towards the input and of the second moment of
 * pre-activations away from it: with σ_w² and the biases of the upper layer as they are, and pre-activations normal with the moments measured
 * in the lower one. After a normalisation that is as at initialisation (γ = 1, β = 0) it is E[φ'²]/Var[φ] (batch; Yang et al. 2019) or E[φ'²]/E[φ²]
 * (layer), from the second weight layer on: for wide layers and large batches (`batchNormGrowth` says how far narrow ones stray). Null where the layers between are others.
 */
export function expectedGrowth(
  network: Network,
  lower: Layer,
  upper: Layer,
  at: PreActivationMoments,
): { readonly growth: number; readonly forwardGrowth: number | null } | null {
  const between = layersBetween(network, lower, upper);
  const activation = between[between.length - 1]?.activation;
  if (activation?.kind !== 'elementwise' || between[between.length - 1].kind !== 'activation') return null;
  if (between.length === 1) {
    const { derivativeSecondMoment, secondMoment } = moments(activation, { mean: at.mean, variance: at.variance });
    const { weightVariance, biasSquare } = measuredVariances(network, upper);
    return {
      growth: weightVariance * derivativeSecondMoment,
      forwardGrowth: (weightVariance * secondMoment + biasSquare) / (at.variance + at.mean ** 2),
    };
  }
  const [norm] = between;
  if (between.length > 2 || lower.from.includes('input') || !isPlainNormalization(network, norm)) return null;
  if (norm.kind === 'batch-norm') return { growth: batchNormGrowth(activation), forwardGrowth: null };
  const { derivativeSecondMoment, secondMoment } = moments(activation);
  return { growth: derivativeSecondMoment / secondMoment, forwardGrowth: null };
}

/**
 * χ₁ at the length that signals settle at, for a network whose hidden layers all have one activation and no normalisation, with the σ_w² and σ_b²
 * of its weight layers above the first, averaged; null elsewhere, and where lengths run away (not for a homogeneous φ, whose χ₁ is the same at every length).
 */
export function expectedChi(network: Network, weightLayers: readonly Layer[]): number | null {
  const activation = onlyActivation(network);
  const upper = weightLayers.slice(1);
  if (activation === null || upper.length === 0) return null;
  const measured = upper.map((layer) => measuredVariances(network, layer));
  const average = (of: 'weightVariance' | 'biasVariance'): number =>
    measured.reduce((sum, variances) => sum + variances[of], 0) / measured.length;
  const [weightVariance, biasVariance] = [average('weightVariance'), average('biasVariance')];
  if (activation.positivelyHomogeneous) return weightVariance * moments(activation).derivativeSecondMoment;
  return meanField(activation, { weightVariance, biasVariance }).chi1;
}

/** σ_w² = fanIn × mean of W² and σ_b², the variance of the biases, of a weight layer as it is now. */
export function measuredVariances(
  network: Network,
  layer: Layer,
): {
  readonly weightVariance: number;
  readonly biasMean: number;
  readonly biasVariance: number;
  readonly biasSquare: number;
} {
  const values = (role: string): Float32Array => {
    const parameter = layer.parameters.find((found) => found.role === role);
    return parameter ? network.parameterValues(parameter.name) : Float32Array.of(0);
  };
  const weights = values('weight');
  const biases = values('bias');
  const weightSquare = weights.reduce((sum, w) => sum + w * w, 0) / weights.length;
  const biasMean = biases.reduce((sum, b) => sum + b, 0) / biases.length;
  const biasSquare = biases.reduce((sum, b) => sum + b * b, 0) / biases.length;
  return {
    weightVariance: layer.inputs[0] * weightSquare,
    biasMean,
    biasVariance: Math.max(0, biasSquare - biasMean ** 2),
    biasSquare,
  };
}

/** The elementwise activation that all layers of a network without normalisation and sums have; null where there is none. */
export function onlyActivation({ layers }: Network): ElementwiseActivation | null {
  if (layers.some(({ role, kind }) => role === 'normalization' || kind === 'add')) return null;
  const found = layers.flatMap(({ role, activation }) => (role === 'activation' && activation ? [activation] : []));
  const [first] = found;
  if (first?.kind !== 'elementwise') return null;
  return found.every((other) => other === first) ? first : null;
}

/** The layers that a chain goes through from one weight layer to the next, both left out. */
function layersBetween(network: Network, lower: Layer, upper: Layer): readonly Layer[] {
  const found: Layer[] = [];
  for (let name = upper.from[0]; name !== lower.name; name = found[0].from[0]) found.unshift(network.layer(name));
  return found;
}

function isPlainNormalization(network: Network, layer: Layer): boolean {
  if (layer.role !== 'normalization') return false;
  return layer.parameters.every(({ name, role }) =>
    network.parameterValues(name).every((value) => value === (role === 'scale' ? 1 : 0)),
  );
}
