import { deadUnits, sparsity } from '@relu-lab/analysis';
import { random, relu, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { mlp } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';

export interface DeepHeCondition {
  readonly hiddenLayers: number;
  readonly width: number;
  /** Test digits on which units are watched. */
  readonly digits: number;
}

let mnist: ReturnType<typeof loadMnist> | undefined;

/**
 * Draws a deep network with He initialisation and zero biases, and counts on real digits, before any training, the zeros and the dead units of each
 * hidden layer: one row of kind `deep-he` a layer, with what theory expects on data so correlated.
 */
export async function lookAtDeepHe(condition: DeepHeCondition, seed: number): Promise<readonly Row[]> {
  mnist ??= loadMnist();
  const data = takeRows((await mnist).test, condition.digits);
  const network = mlp({
    inputs: data.features,
    hidden: Array.from({ length: condition.hiddenLayers }, () => condition.width),
    outputs: 10,
    activation: relu,
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const zeros = sparsity(network, data).layers;
  return deadUnits(network, data).layers.map((layer, i) => ({
    kind: 'deep-he',
    layer: i + 1,
    seed,
    zeroFraction: zeros[i].zeroFraction,
    dead: layer.dead.length / layer.units,
    alwaysOn: layer.alwaysOn.length / layer.units,
    expectedDead: layer.predicted?.dead ?? null,
    expectedAlwaysOn: layer.predicted?.alwaysOn ?? null,
  }));
}
