import { type Dataset, normalCumulative, random, relu } from '@relu-lab/core';
import { correlationMap, normalQuantile } from '@relu-lab/theory';

/** How alike the samples of a data set are, for the layers of a wide ReLU network with He's weights and no biases. */
export interface Likeness {
  readonly samples: number;
  /** For each hidden layer, correlations of pre-activations for pairs of samples: those of a seeded draw of pairs. */
  readonly correlations: readonly Float64Array[];
}

/** Pairs that stand for all. */
const pairs = 2000;

/** Correlations of the first layer are the cosines of the samples; each layer maps them (Cho & Saul 2009). */
export function likeness(data: Dataset, layers: number): Likeness {
  const stream = random(0).stream('pairs of samples');
  const first = Float64Array.from({ length: pairs }, () => {
    const i = stream.integer(data.rows);
    const j = (i + 1 + stream.integer(data.rows - 1)) % data.rows;
    return cosine(data, i, j);
  });
  const correlations = [first];
  while (correlations.length < layers) {
    correlations.push(
      correlations[correlations.length - 1].map((rho) =>
        correlationMap(relu, { q: 1, weightVariance: 2, biasVariance: 0 }, rho),
      ),
    );
  }
  return { samples: data.rows, correlations };
}

/**
 * The expected deviation, over units, of the share of samples on which a unit is 0. Two pre-activations of correlation ρ are both negative with probability
 * 1/4 + arcsin(ρ)/2π (Sheppard 1899), so that the variance over units is the mean of arcsin(ρ)/2π over all pairs of samples, each with itself
 * (1/4) among them.
 */
export function deviationOverUnits({ samples, correlations }: Likeness, layer: number): number {
  return Math.sqrt(0.25 / samples + (1 - 1 / samples) * meanJointExcess(correlations[layer - 1]));
}

/**
 * The expected deviation, over samples, of the share of units that are 0 on a sample, for n units: what is left of the variance 1/4n of
 * n coins when the part that all samples have in common is taken away.
 */
export function deviationOverSamples(alike: Likeness, layer: number, units: number): number {
  return Math.sqrt((0.25 - deviationOverUnits(alike, layer) ** 2) / units);
}

/**
 * The expected share of units that are 0 on a share of samples between `from` and `to`, of very many samples that are all as alike as the mean
 * pair: a unit's share is Φ(√(ρ/(1−ρ)) g) with g ~ N(0, 1).
 */
export function unitsBetween({ correlations }: Likeness, layer: number, from: number, to: number): number {
  const rho = mean(correlations[layer - 1]);
  const scale = Math.sqrt((1 - rho) / rho);
  const below = (share: number): number =>
    share <= 0 ? 0 : share >= 1 ? 1 : normalCumulative(scale * normalQuantile(share));
  return below(to) - below(from);
}

/** P[both negative] − 1/4, mean over pairs. */
function meanJointExcess(correlations: Float64Array): number {
  return mean(correlations.map((rho) => Math.asin(Math.min(1, Math.max(-1, rho))) / (2 * Math.PI)));
}

function cosine({ inputs, features }: Dataset, i: number, j: number): number {
  let [product, first, second] = [0, 0, 0];
  for (let k = 0; k < features; k++) {
    const [x, y] = [inputs[i * features + k], inputs[j * features + k]];
    product += x * y;
    first += x * x;
    second += y * y;
  }
  return product / Math.sqrt(first * second);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
