import { type Activation, type Dataset, type Initializer, DataError, power } from '@relu-lab/core';
import type { Loss, Network } from '@relu-lab/nn';
import { type LayerSignal, signalGrowth } from '@relu-lab/theory';
import { visitBatches } from '../batches.ts';
import { deadUnits } from '../dead-units.ts';
import { deadShares } from '../expected-dead.ts';
import { gradientFlow } from '../gradient-flow.ts';
import { mean } from '../statistics/bootstrap.ts';

/** Signals and gradients in one weight layer of a network that was not trained. */
export interface InitialLayer {
  /** From 1 on. */
  readonly layer: number;
  /** Mean square of the pre-activations, over samples and units. */
  readonly q: number;
  /** Mean square of the gradient with respect to one pre-activation, relative to that of one output. */
  readonly squaredGradient: number;
  /** Share of units that are dead on the data; null for the outputs. */
  readonly deadFraction: number | null;
}

/** What a network does before its first step. */
export interface InitialSignal {
  readonly layers: readonly InitialLayer[];
  /** Factor a layer on q, from the first hidden weight layer to the last; null with fewer than two, or where signals are 0. */
  readonly forwardGrowth: number | null;
  /** Factor a layer on the squared gradient, towards the input, over the same layers. */
  readonly backwardGrowth: number | null;
  /** Share of dead units among all hidden ones. */
  readonly deadFraction: number;
}

/** Looks at a fresh multi-layer perceptron; null where its outputs are not finite: there is nothing to measure. */
export function initialSignal(network: Network, data: Dataset, loss: Loss): InitialSignal | null {
  try {
    const q = lengths(network, data);
    const flow = gradientFlow(network, { ...data, loss });
    const dead = deadUnits(network, data).layers;
    const perUnit = flow.layers.map(({ gradientNorm, units }) => gradientNorm ** 2 / units);
    const outputs = perUnit[perUnit.length - 1];
    const squaredGradient = perUnit.map((value) => value / outputs);
    const units = dead.reduce((sum, layer) => sum + layer.units, 0);
    return {
      layers: q.map((value, i) => ({
        layer: i + 1,
        q: value,
        squaredGradient: squaredGradient[i],
        deadFraction: i < dead.length ? dead[i].dead.length / dead[i].units : null,
      })),
      forwardGrowth: growthOf(q.slice(0, -1)),
      backwardGrowth: growthOf(squaredGradient.slice(0, -1).reverse()),
      deadFraction: units === 0 ? 0 : dead.reduce((sum, layer) => sum + layer.dead.length, 0) / units,
    };
  } catch (error) {
    if (error instanceof DataError) return null;
    throw error;
  }
}

/** Mean square of each weight layer's pre-activations. */
function lengths(network: Network, data: Dataset): readonly number[] {
  const weightLayers = network.layers.filter(({ role }) => role === 'weights');
  const sums = weightLayers.map(() => 0);
  visitBatches(network, data, () => {
    weightLayers.forEach(({ name }, i) => {
      for (const z of network.output(name)) sums[i] += z * z;
    });
  });
  return sums.map((sum, i) => sum / (data.rows * weightLayers[i].outputs));
}

/** Geometric mean of the factors from one value to the next. */
export function growthOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const growth = power(values[values.length - 1] / values[0], 1 / (values.length - 1));
  return Number.isFinite(growth) ? growth : null;
}

/** What theory says of the same network. What is null it does not say. */
export interface PredictedSignal {
  readonly layers: readonly LayerSignal[];
  readonly forwardGrowth: number | null;
  readonly backwardGrowth: number | null;
}

/**
 * Mean field of a wide network of these widths on data of this mean square; null for maxout, whose units are not elementwise, and for weights
 * that are scaled on data.
 */
export function predictedSignal(
  activation: Activation,
  initializer: Initializer,
  widths: readonly number[],
  inputSecondMoment: number,
): PredictedSignal | null {
  if (activation.kind !== 'elementwise' || initializer.outputVariance !== undefined) return null;
  const layers = signalGrowth(activation, { widths, initializer, inputSecondMoment });
  return {
    layers,
    forwardGrowth: growthOf(layers.slice(0, -1).map(({ q }) => q)),
    backwardGrowth: growthOf(
      layers
        .slice(0, -1)
        .map(({ squaredGradient }) => squaredGradient)
        .reverse(),
    ),
  };
}

/** Mean square of a data set's inputs. */
export function inputSecondMoment({ inputs }: Dataset): number {
  let sum = 0;
  for (const x of inputs) sum += x * x;
  return sum / inputs.length;
}

/**
 * Expected share of dead units among all hidden ones of a wide ReLU network without biases, on this data (at whatever scale: a ReLU
 * network without biases is homogeneous). Theory takes all pairs of samples to be alike: null where they are not in some layer (samples in a
 * plane or in tight classes, for instance; {@link deadShares}), for weights that are not random, and for other networks.
 */
export function predictedDeadFraction(
  activation: Activation,
  { weights, biases }: { readonly weights: Initializer; readonly biases: boolean },
  data: Dataset,
  hiddenLayers: number,
): number | null {
  if (activation.name !== 'relu' || biases || hiddenLayers === 0 || weights.variance(1, 1) === 0) return null;
  const layers = deadShares(data, hiddenLayers).flatMap((shares) => (shares ? [shares.dead] : []));
  return layers.length < hiddenLayers ? null : mean(layers);
}
