import { type Dataset, random } from '@relu-lab/core';
import type { Layer, Network } from '@relu-lab/nn';
import { deadByLayer } from '@relu-lab/theory';
import { activationChain } from './chain.ts';

/** Expected shares of a layer's units that are silent, and that are never silent, on a data set. */
export interface ExpectedDead {
  readonly dead: number;
  readonly alwaysOn: number;
}

/**
 * What theory expects of each activation layer, by name: for ReLU layers that form a chain from the input with dense layers without
 * biases (as at initialisation), if the weights are fresh draws and the layers wide. Layers from the first on that does not fit are
 * left out, and so are layers in which pairs of samples differ in how alike they are ({@link deadShares}). The size of the weights does not
 * matter: ReLU is homogeneous.
 */
export function expectedDead(network: Network, data: Dataset): ReadonlyMap<string, ExpectedDead> {
  const layers = reluChain(network);
  if (layers.length === 0) return new Map();
  const expected = deadShares(data, layers.length);
  return new Map(
    layers.flatMap(({ name }, i) => {
      const shares = expected[i];
      return shares ? [[name, shares] as const] : [];
    }),
  );
}

/** Largest standard deviation of correlations over pairs, as a share of 1 − their mean, at which pairs count as alike. */
const largestSpread = 0.2;

/** Where all samples are the same their correlations differ by rounding only. */
const rounding = 1e-6;

/**
 * The shares by hidden layer of a wide ReLU network without biases on a data set; null for a layer in which theory does not hold. Theory takes all
 * pairs of samples to be as correlated as the mean one: that is near the truth where the standard deviation of the correlations is at most a
 * fifth of 1 − their mean (samples in many dimensions; fewer will do in deep layers), and far from it for points of a plane or tight classes.
 */
export function deadShares(data: Dataset, depth: number): readonly (ExpectedDead | null)[] {
  const correlations = inputCorrelations(data);
  if (correlations === null) return new Array<null>(depth).fill(null);
  return deadByLayer({ samples: data.rows, correlations, depth }).map(({ correlation, deviation, dead, alwaysOn }) =>
    deviation <= largestSpread * (1 - correlation) + rounding ? { dead, alwaysOn } : null,
  );
}

/** The ReLU layers of the chain from the input, up to the first with biases or with another activation. */
function reluChain(network: Network): readonly Layer[] {
  const links = activationChain(network);
  const end = links.findIndex(
    ({ dense, activation }) => !isWithoutBias(network, dense) || activation.activation?.name !== 'relu',
  );
  return links.slice(0, end < 0 ? links.length : end).map(({ activation }) => activation);
}

function isWithoutBias(network: Network, { parameters }: Layer): boolean {
  const biases = parameters.filter(({ role }) => role === 'bias');
  return biases.every(({ name }) => network.parameterValues(name).every((bias) => bias === 0));
}

/** More pairs tell no more: the mean cosine of this many is known to about 1/√400 of its spread. */
const mostPairs = 400;

/** Cosines of pairs of samples: of all pairs of a small data set, of a seeded draw of a large one; null when a sample is 0. */
function inputCorrelations(data: Dataset): number | readonly number[] | null {
  if (data.rows === 1) return 1;
  const pairs = (data.rows * (data.rows - 1)) / 2 <= mostPairs ? allPairs(data.rows) : drawnPairs(data.rows);
  const cosines = pairs.map(([i, j]) => cosine(data, i, j));
  return cosines.every(Number.isFinite) ? cosines : null;
}

function allPairs(rows: number): readonly (readonly [number, number])[] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: i }, (_, j) => [i, j] as const)).flat();
}

function drawnPairs(rows: number): readonly (readonly [number, number])[] {
  const stream = random(0).stream('pairs of samples');
  return Array.from({ length: mostPairs }, () => {
    const i = stream.integer(rows);
    return [i, (i + 1 + stream.integer(rows - 1)) % rows] as const;
  });
}

function cosine({ inputs, features }: Dataset, i: number, j: number): number {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let k = 0; k < features; k++) {
    const a = inputs[i * features + k];
    const b = inputs[j * features + k];
    product += a * b;
    first += a * a;
    second += b * b;
  }
  return Math.max(-1, Math.min(1, product / Math.sqrt(first * second)));
}
