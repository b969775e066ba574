import { readRequired, requiredWholeFrom } from './required-options.ts';

/** The weights of one dense layer: one row a unit. */
export interface TentLayer {
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
}

/** The tent map composed k times, as a function and as the ReLU network that computes it. */
export interface TentMap {
  /** Linear pieces on [0, 1]: 2^k. */
  readonly pieces: number;
  /** Hidden units: 2k. */
  readonly units: number;
  /** Weights of the k hidden layers, each followed by ReLU, and of the output. */
  readonly layers: readonly TentLayer[];
  /** t(t(… t(x))). */
  value(x: number): number;
}

/**
 * The tent map t(x) = 2 relu(x) − 4 relu(x − 1/2), which folds [0, 1] onto itself, composed k times: 2^k linear pieces of slope ±2^k
 * from 2k units. It shows what depth *can* do; random and trained networks are far from it.
 *
 * @param options.compositions - k, at least 1; up to 1023, beyond which 2^k is no float64.
 * @throws ParameterError unless `compositions` is a whole number from 1 to 1023.
 * @see Telgarsky 2015, https://arxiv.org/abs/1509.08101
 */
export function tentMap(options: { readonly compositions: number }): TentMap {
  const { compositions } = readRequired('tentMap', options, { compositions: requiredWholeFrom(1, 1023) });
  const outer = [2, -4];
  const layers: TentLayer[] = [{ weights: [[1], [1]], biases: [0, -0.5] }];
  for (let fold = 1; fold < compositions; fold++) layers.push({ weights: [outer, outer], biases: [0, -0.5] });
  layers.push({ weights: [outer], biases: [0] });
  return {
    pieces: 2 ** compositions,
    units: 2 * compositions,
    layers,
    value: (x) => {
      let folded = x;
      for (let fold = 0; fold < compositions; fold++) {
        folded = 2 * Math.max(0, folded) - 4 * Math.max(0, folded - 0.5);
      }
      return folded;
    },
  };
}
