import { initializer, random, selu } from '@relu-lab/core';
import { Network, activate, dense } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';
import { outputsOf } from './on-digits.ts';

export interface ContractionCondition {
  readonly depth: number;
  readonly width: number;
  readonly samples: number;
}

/** The variances, around the fixed point, of the two inputs that are compared. */
export const apart = [0.8, 1.2] as const;

/**
 * How fast a wide SELU network forgets that its inputs had another variance than 1: the same normal inputs, at two scales, go through the same
 * LeCun-initialised network. One row of kind `contraction` a layer (0 is the input) with the difference of the two variances, and the mean and
 * variance between them.
 */
export function measureContraction({ depth, width, samples }: ContractionCondition, seed: number): readonly Row[] {
  const draw = random(seed).stream('contraction');
  const network = new Network({
    inputs: width,
    layers: Array.from({ length: depth }, (_, i) => [
      dense({ units: width, weights: initializer('lecun-normal') }),
      activate(selu, { name: `a${i + 1}` }),
    ]).flat(),
    seed: draw.integer(2 ** 31),
  });
  const normal = new Float32Array(samples * width);
  draw.stream('inputs').fillNormal(normal);
  const [low, high] = apart.map((variance) => {
    const inputs = normal.map((x) => x * Math.sqrt(variance));
    network.forward(inputs);
    return Array.from({ length: depth + 1 }, (_, layer) =>
      outputsOf(layer === 0 ? inputs : network.output(`a${layer}`), width),
    );
  });
  return low.map((below, layer) => ({
    kind: 'contraction',
    layer,
    seed,
    difference: high[layer].variance - below.variance,
    mean: (high[layer].mean + below.mean) / 2,
    variance: (high[layer].variance + below.variance) / 2,
  }));
}
