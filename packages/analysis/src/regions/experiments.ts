import { type Dataset, ParameterError } from '@relu-lab/core';
import { type OptionRule, notNegative, positive, readOptions, wholeFrom, refuseUnknown } from '@relu-lab/core/options';
import { adam, meanSquaredError, train } from '@relu-lab/nn';
import type { ExperimentContext, ExperimentReference } from '@relu-lab/sweep';
import { expectedCrossings, tentMap } from '@relu-lab/theory';
import { countRegions } from './count-regions.ts';
import { tentMapNetwork } from './folding-networks.ts';
import { linearRegionsOnLine } from './line.ts';
import { randomReluNetwork } from './random-relu-network.ts';
import type { WindowInput } from './window-input.ts';

/** σ_w², σ_b and a: how a network is drawn, and that inputs run from −a to a. */
interface Draw {
  /** σ_w² = fanIn × Var[W]; default 2, as He. */
  readonly weightVariance?: number;
  /** σ_b, deviation of the biases; default 0.5. */
  readonly biasDeviation?: number;
  /** a: inputs run from −a to a; default 2. */
  readonly halfWidth?: number;
}

const drawRules = {
  weightVariance: positive(2),
  biasDeviation: positive(0.5),
  halfWidth: positive(2),
} satisfies Record<keyof Draw, OptionRule>;

export interface CrossingsParameters extends Draw {
  /** Units in each hidden layer. */
  readonly width: number;
  /** Hidden layers. */
  readonly layers: number;
}

/** Crossings in one layer of one network. */
export type CrossingsRow = {
  readonly width: number;
  readonly layers: number;
  readonly weightVariance: number;
  readonly biasDeviation: number;
  readonly halfWidth: number;
  readonly seed: number;
  /** l, from 1. */
  readonly layer: number;
  readonly crossingsPerUnit: number;
  /** What theory expects for wide layers: see `expectedCrossings` of `@relu-lab/theory`. */
  readonly expectedPerUnit: number;
};

/** The experiment for a sweep: {@link runCrossings}. */
export const crossingsExperiment: ExperimentReference<CrossingsParameters> = {
  module: import.meta.url,
  export: 'runCrossings',
};

/**
 * How often the units of each layer of one random ReLU network with one input change sign on [−a, a]: one row a layer.
 *
 * @throws ParameterError for parameters that are not acceptable.
 */
export function runCrossings(parameters: CrossingsParameters, seed: number): readonly CrossingsRow[] {
  const { width, layers, ...draw } = readOptions('runCrossings', parameters, {
    width: wholeFrom(1, 0),
    layers: wholeFrom(1, 0),
    ...drawRules,
  });
  requireGiven('runCrossings', { width, layers });
  const { halfWidth } = draw;
  const network = randomReluNetwork({ inputs: 1, hidden: Array.from({ length: layers }, () => width), seed, ...draw });
  const found = linearRegionsOnLine(network, { from: -halfWidth, to: halfWidth });
  return found.layers.map(({ crossingsPerUnit }, i) => ({
    width,
    layers,
    ...draw,
    seed,
    layer: i + 1,
    crossingsPerUnit,
    expectedPerUnit: expectedCrossings({ layer: i + 1, ...draw }),
  }));
}

export interface RegionCountParameters extends Draw {
  /** Hidden units in all; a multiple of `layers`. */
  readonly neurons: number;
  /** Hidden layers among which they are divided evenly. */
  readonly layers: number;
  /** [−a, a] of one input, or [−a, a]² of two. */
  readonly window: 'line' | 'plane';
}

/** Linear regions of one network. */
export type RegionCountRow = {
  readonly window: string;
  readonly neurons: number;
  readonly layers: number;
  readonly width: number;
  readonly weightVariance: number;
  readonly biasDeviation: number;
  readonly halfWidth: number;
  readonly seed: number;
  readonly count: number;
  readonly cells: number;
  /** No network of that shape has more. */
  readonly upperBound: number;
  /** On a line one more than theory's expected crossings of all units, for wide layers; null in the plane. */
  readonly expectedCells: number | null;
};

/** The experiment for a sweep: {@link runRegionCount}. */
export const regionCountExperiment: ExperimentReference<RegionCountParameters> = {
  module: import.meta.url,
  export: 'runRegionCount',
};

/**
 * The linear regions of one random ReLU network, to be compared over depths at equal numbers of units: on a line they grow with
 * the neurons, in the plane with their square, and hardly with depth, whatever depth could do (Hanin & Rolnick 2019).
 *
 * @throws ParameterError for parameters that are not acceptable, and when `neurons` is no multiple of `layers`.
 * @see Hanin & Rolnick 2019, https://arxiv.org/abs/1901.09021 and https://arxiv.org/abs/1906.00904
 */
export function runRegionCount(parameters: RegionCountParameters, seed: number): readonly RegionCountRow[] {
  const { window, ...numbers } = parameters;
  if (window !== 'line' && window !== 'plane') {
    throw new ParameterError(`window of runRegionCount must be 'line' or 'plane', not '${String(window)}'`);
  }
  const { neurons, layers, ...draw } = readOptions('runRegionCount', numbers, {
    neurons: wholeFrom(1, 0),
    layers: wholeFrom(1, 0),
    ...drawRules,
  });
  requireGiven('runRegionCount', { neurons, layers });
  if (neurons % layers !== 0) {
    throw new ParameterError(
      `neurons of runRegionCount must be a multiple of its layers; ${neurons} is none of ${layers}`,
    );
  }
  const width = neurons / layers;
  const hidden = Array.from({ length: layers }, () => width);
  const network = randomReluNetwork({ inputs: window === 'line' ? 1 : 2, hidden, seed, ...draw });
  const { count, cells, predicted } = countRegions(network, symmetricWindow(window, draw.halfWidth));
  return [
    {
      window,
      neurons,
      layers,
      width,
      ...draw,
      seed,
      count,
      cells,
      upperBound: predicted.upperBound,
      expectedCells: window === 'line' ? expectedCells(width, layers, draw) : null,
    },
  ];
}

function symmetricWindow(kind: 'line' | 'plane', a: number): WindowInput {
  if (kind === 'line') return { kind, from: [-a], to: [a] };
  return { kind, origin: [0, 0], u: [1, 0], v: [0, 1], uRange: [-a, a], vRange: [-a, a] };
}

function expectedCells(width: number, layers: number, draw: Required<Draw>): number {
  let crossings = 0;
  for (let layer = 1; layer <= layers; layer++) crossings += width * expectedCrossings({ layer, ...draw });
  return 1 + crossings;
}

export interface FoldingParameters {
  /** k: hidden layers, of two units each; from 1 to 12. */
  readonly folds: number;
  /** `folded`: the tent map composed k times. `random`: drawn. `trained`: drawn, and trained on the composed tent map. */
  readonly network: 'folded' | 'random' | 'trained';
  /** Units in each hidden layer of the random and the trained network; default 2, as the folded one has. */
  readonly width?: number;
  /** Epochs over 256 points of [0, 1] in batches of 32; default 200. */
  readonly epochs?: number;
  /** Of Adam; default 0.01. */
  readonly learningRate?: number;
  /** σ_b of the drawn networks; default 0.5. */
  readonly biasDeviation?: number;
}

/** The pieces of one network on [0, 1]. */
export type FoldingRow = {
  readonly network: string;
  readonly folds: number;
  readonly units: number;
  readonly seed: number;
  readonly count: number;
  readonly cells: number;
  /** 2^k, what folding attains with two units a layer. */
  readonly attainable: number;
  /** Mean square of the difference to the composed tent map on 256 points. */
  readonly squaredError: number;
};

/** The experiment for a sweep: {@link runFolding}. */
export const foldingExperiment: ExperimentReference<FoldingParameters> = {
  module: import.meta.url,
  export: 'runFolding',
};

/**
 * The pieces on [0, 1] of a network that folds, of a random one, and of one that was trained on what the folding one computes: what depth can do,
 * what it does, and what it learns.
 *
 * @throws ParameterError for parameters that are not acceptable.
 */
export async function runFolding(
  parameters: FoldingParameters,
  seed: number,
  context?: ExperimentContext,
): Promise<readonly FoldingRow[]> {
  const known = ['network', 'folds', 'width', 'epochs', 'learningRate', 'biasDeviation'];
  refuseUnknown('runFolding', parameters, known);
  const { network: kind, ...numbers } = parameters;
  if (kind !== 'folded' && kind !== 'random' && kind !== 'trained') {
    throw new ParameterError(`network of runFolding must be 'folded', 'random' or 'trained', not '${String(kind)}'`);
  }
  const { folds, width, epochs, learningRate, biasDeviation } = readOptions('runFolding', numbers, {
    folds: {
      default: 0,
      accepts: (k) => Number.isInteger(k) && k >= 1 && k <= 12,
      wanted: 'a whole number from 1 to 12',
    },
    width: wholeFrom(1, 2),
    epochs: wholeFrom(1, 200),
    learningRate: positive(0.01),
    biasDeviation: notNegative(0.5),
  });
  requireGiven('runFolding', { folds });
  const data = tentData(folds);
  const hidden = Array.from({ length: folds }, () => width);
  const network =
    kind === 'folded'
      ? tentMapNetwork({ folds })
      : randomReluNetwork({ inputs: 1, hidden, seed, weightVariance: 2, biasDeviation });
  if (kind === 'trained') {
    const loss = meanSquaredError();
    const optimizer = adam({ learningRate });
    await train(network, { data, loss, optimizer, epochs, seed, ...(context && { signal: context.signal }) });
  }
  const { count, cells } = linearRegionsOnLine(network, { from: 0, to: 1 });
  const outputs = network.predict(data.inputs);
  const squaredError = outputs.reduce((sum, y, i) => sum + (y - data.targets[i]) ** 2, 0) / data.rows;
  const units = kind === 'folded' ? 2 * folds : width * folds;
  return [{ network: kind, folds, units, seed, count, cells, attainable: 2 ** folds, squaredError }];
}

/** The composed tent map at the middles of 256 equal parts of [0, 1]. */
function tentData(folds: number): Dataset {
  const { value } = tentMap({ compositions: folds });
  const inputs = Float32Array.from({ length: 256 }, (_, i) => (i + 0.5) / 256);
  return { name: `tent map of ${folds} folds`, rows: 256, features: 1, inputs, targets: inputs.map(value) };
}

/** Numbers without a default, which read as 0 when they are missing. */
function requireGiven(owner: string, numbers: Readonly<Record<string, number>>): void {
  const missing = Object.keys(numbers).find((name) => numbers[name] === 0);
  if (missing !== undefined) throw new ParameterError(`${owner} needs ${missing}`);
}
