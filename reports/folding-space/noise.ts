import { randomReluNetwork, regionsUnderNoise, tentMapNetwork } from '@relu-lab/analysis';
import { random } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';

export interface NoiseCondition {
  /** `folded`: the composed tent map; `random`: drawn by He with biases, 16 units in each layer. */
  readonly network: 'folded' | 'random';
  /** Hidden layers. */
  readonly layers: number;
  /** Noise, as shares of each layer's root mean square weight. */
  readonly levels: readonly number[];
}

/** How many of a network's pieces on a line are left when all weights and biases are disturbed: one row a level, of kind `noise`. */
export function disturbNetwork({ network: kind, layers, levels }: NoiseCondition, seed: number): readonly Row[] {
  const network =
    kind === 'folded'
      ? tentMapNetwork({ folds: layers })
      : randomReluNetwork({
          inputs: 1,
          hidden: Array.from({ length: layers }, () => 16),
          seed: random(seed)
            .stream('network')
            .integer(2 ** 31),
          weightVariance: 2,
          biasDeviation: 0.5,
        });
  const line = kind === 'folded' ? { from: 0, to: 1 } : { from: -2, to: 2 };
  const { clean, rows } = regionsUnderNoise(network, line, { levels, seeds: [seed] });
  return rows.map(({ level, count }) => ({
    kind: 'noise',
    network: kind,
    layers,
    level,
    seed,
    clean,
    count,
    kept: count / clean,
  }));
}
