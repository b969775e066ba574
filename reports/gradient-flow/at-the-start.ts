import { gradientFlow } from '@relu-lab/analysis';
import { power, takeRows } from '@relu-lab/core';
import { crossEntropy } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';
import { type DeepNetwork, allDigits, drawn } from './deep-network.ts';

/** Which network, and on how many digits it is looked at. */
export interface StartCondition extends DeepNetwork {
  /** Training digits: the first ones. */
  readonly gradientDigits: number;
}

/**
 * How gradients flow through a network that has just been drawn.
 *
 * Rows: one of kind `flow`, with the growth of the squared gradient a layer and the change of its size from the highest hidden layer to the lowest, beside what
 * mean field theory expects of both with the pre-activations as they are, and the growth of their mean square a layer upwards; and one of kind `layer` a hidden weight
 * layer, with the gradient's size there over that at the highest, and the mean square of pre-activations over that at the lowest.
 */
export async function measureStart(condition: StartCondition, seed: number): Promise<readonly Row[]> {
  const { train } = await allDigits();
  const data = { ...takeRows(train, condition.gradientDigits), loss: crossEntropy() };
  const { layers, growthPerLayer, predicted, verdict } = gradientFlow(drawn(condition, seed), data);
  const hidden = layers.slice(0, -1);
  const top = hidden[hidden.length - 1].gradientNorm;
  const bottom = hidden[0].preActivation.secondMoment;
  const { activation, initializer, depth } = condition;
  const common = { activation, initializer, depth, seed };
  const expectedSignal = (layer: number): number =>
    hidden.slice(0, layer).reduce((square, hop) => square * (hop.predicted?.forwardGrowth ?? NaN), 1);
  const expected = (layer: number): number =>
    hidden.slice(layer, -1).reduce((size, hop) => size * Math.sqrt(hop.predicted?.growth ?? NaN), 1);
  return [
    {
      ...common,
      kind: 'flow',
      growth: growthPerLayer,
      expectedGrowth: predicted?.growthPerLayer ?? null,
      chi1: predicted?.chi1 ?? null,
      change: verdict.factor,
      expectedChange: expected(0),
      signalGrowth: power(hidden[hidden.length - 1].preActivation.secondMoment / bottom, 1 / (hidden.length - 1)),
    },
    ...hidden.map(({ gradientNorm, preActivation }, i) => ({
      ...common,
      kind: 'layer',
      layer: i + 1,
      size: gradientNorm / top,
      expectedSize: expected(i),
      signal: preActivation.secondMoment / bottom,
      expectedSignal: expectedSignal(i),
    })),
  ];
}
