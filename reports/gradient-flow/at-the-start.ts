import { gradientFlow } from '@relu-lab/analysis';
import { takeRows } from '@relu-lab/core';
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
 * mean field theory expects of both with the pre-activations as they are; and one of kind `layer` a hidden weight layer, with the gradient's size there
 * over that at the highest.
 */
export async function measureStart(condition: StartCondition, seed: number): Promise<readonly Row[]> {
  const { train } = await allDigits();
  const data = { ...takeRows(train, condition.gradientDigits), loss: crossEntropy() };
  const { layers, growthPerLayer, predicted, verdict } = gradientFlow(drawn(condition, seed), data);
  const hidden = layers.slice(0, -1);
  const top = hidden[hidden.length - 1].gradientNorm;
  const { activation, initializer, depth } = condition;
  const common = { activation, initializer, depth, seed };
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
    },
    ...hidden.map(({ gradientNorm }, i) => ({
      ...common,
      kind: 'layer',
      layer: i + 1,
      size: gradientNorm / top,
      expectedSize: expected(i),
    })),
  ];
}
