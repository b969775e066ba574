import {
  type ActivationName,
  type ElementwiseActivation,
  type Initializer,
  ParameterError,
  activation,
  initializer,
  random,
} from '@relu-lab/core';
import { type OptionRule, notNegative, readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { mlp } from '@relu-lab/nn';
import type { ExperimentContext, ExperimentReference, Row } from '@relu-lab/sweep';
import { trainableDepth } from '@relu-lab/theory';
import { levelRule, seedRule } from '../statistics/options.ts';
import { type Proportion, proportion } from '../statistics/proportion.ts';
import { type ExperimentData, checkExperimentData, experimentData } from './experiment-data.ts';
import { checkAxis, checkRows, groupRows } from './grid.ts';
import { readRequired, required } from './required-options.ts';
import { type GridRunOptions, runGrid } from './run-grid.ts';
import { type TrainingParameters, trainingOutcome, trainingRules } from './training-outcome.ts';

/** One condition. */
export interface TrainableDepthParameters extends TrainingParameters {
  /** An elementwise activation. */
  readonly activation: ActivationName;
  /** σ_w² of every layer: weights are N(0, σ_w²/fanIn). */
  readonly weightVariance: number;
  /** σ_b² of every layer: biases are N(0, σ_b²). Default 0. */
  readonly biasVariance?: number;
  /** Weight layers, at least 2; there is one hidden layer less. */
  readonly depth: number;
  /** Units in each hidden layer. Default 32. */
  readonly width?: number;
  /** Default 256 samples of `two-moons`. */
  readonly data?: ExperimentData;
}

/** One network. */
export type TrainableDepthRow = {
  readonly activation: string;
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly depth: number;
  readonly width: number;
  readonly seed: number;
  readonly status: string;
  readonly divergedAt: number | null;
  readonly steps: number;
  readonly lossStart: number | null;
  readonly lossEnd: number | null;
  readonly trains: boolean;
};

/** The experiment for a sweep: {@link runTrainableDepth}. */
export const trainableDepthExperiment: ExperimentReference<TrainableDepthParameters> = {
  module: import.meta.url,
  export: 'runTrainableDepth',
};

const owner = 'trainableDepthMap';

/**
 * Draws one network of given σ_w² and σ_b², trains it, and says whether it learnt. The network's seed is a whole number below 2³¹ from the stream
 * `network` of `seed`, which also shuffles.
 *
 * @throws ParameterError for an activation that there is not (with the nearest) and other parameters that are not acceptable.
 */
export async function runTrainableDepth(
  parameters: TrainableDepthParameters,
  seed: number,
  context?: ExperimentContext,
): Promise<readonly TrainableDepthRow[]> {
  const { phi, weightVariance, biasVariance, depth, width, training, ...cell } = readCell(parameters);
  const data = await experimentData(cell.data);
  const network = mlp({
    inputs: data.features,
    hidden: Array.from({ length: depth - 1 }, () => width),
    outputs: data.classes ?? 1,
    activation: phi,
    weights: gaussian(weightVariance, biasVariance),
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const outcome = await trainingOutcome(network, data, training, { seed, ...context });
  return [{ activation: parameters.activation, weightVariance, biasVariance, depth, width, seed, ...outcome }];
}

/** Weights N(0, σ_w²/fanIn) and biases N(0, σ_b²). */
function gaussian(weightVariance: number, biasVariance: number): Initializer {
  const weights =
    weightVariance === 0 ? initializer('zeros') : initializer('lecun-normal', { gain: Math.sqrt(weightVariance) });
  return {
    ...weights,
    name: 'gaussian',
    parameters: { weightVariance, biasVariance },
    biasVariance: () => biasVariance,
    biases: (out, _fanIn, _fanOut, stream) => stream.fillNormal(out, 0, Math.sqrt(biasVariance)),
  };
}

interface Cell {
  readonly phi: ElementwiseActivation;
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly depth: number;
  readonly width: number;
  readonly data: ExperimentData;
  readonly training: Required<TrainingParameters>;
}

const numberRules = {
  weightVariance: required(notNegative(0)),
  biasVariance: notNegative(0),
  depth: required(wholeFrom(2, 2)),
  width: wholeFrom(1, 32),
} as const satisfies Record<string, OptionRule>;

function readCell(parameters: TrainableDepthParameters): Cell {
  refuseUnknown(owner, parameters, ['activation', ...Object.keys(numberRules), 'data', ...Object.keys(trainingRules)]);
  const {
    activation: name,
    data = { name: 'two-moons' },
    weightVariance,
    biasVariance,
    depth,
    width,
    ...training
  } = parameters;
  checkExperimentData(data);
  return {
    phi: elementwiseNamed(name),
    ...readRequired(owner, { weightVariance, biasVariance, depth, width }, numberRules),
    data,
    training: readOptions(owner, training, trainingRules),
  };
}

function elementwiseNamed(name: string): ElementwiseActivation {
  const phi = activation(name);
  if (phi.kind === 'elementwise') return phi;
  throw new ParameterError(`${owner} takes elementwise activations: mean field theory has no σ_w² of '${name}'`);
}

export interface TrainableDepthMapOptions extends TrainingParameters, GridRunOptions {
  /** An elementwise activation. */
  readonly activation: ActivationName;
  /** σ_w². */
  readonly weightVariances: readonly number[];
  /** σ_b². Default 0. */
  readonly biasVariance?: number;
  /** Weight layers, at least 2. */
  readonly depths: readonly number[];
  readonly seeds: readonly number[];
  /** Units in each hidden layer. Default 32. */
  readonly width?: number;
  /** Default 256 samples of `two-moons`. */
  readonly data?: ExperimentData;
  /** Confidence level of the intervals. Default 0.95. */
  readonly level?: number;
}

/** Networks of one σ_w² and depth. */
export interface TrainableDepthCell {
  readonly activation: string;
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly depth: number;
  readonly width: number;
  /** Share of seeds that train; a run that diverged did not. */
  readonly trains: Proportion;
  /** Seeds whose training diverged. */
  readonly diverged: number;
  /** What theory says of signals that travel so deep: `depth` ≈ 6 ξ_c, null where nothing limits it or there is no length to speak of. */
  readonly predicted: {
    readonly status: 'finite' | 'unlimited' | 'none';
    readonly depth: number | null;
    readonly correlationScale: number | null;
    /** Whether this depth is within the trainable one; null for status `none`. */
    readonly trains: boolean | null;
  };
}

/** Which depths train, by σ_w². */
export interface TrainableDepthMap {
  readonly kind: 'trainable-depth';
  readonly rows: readonly TrainableDepthRow[];
  readonly summary: readonly TrainableDepthCell[];
}

/**
 * The share of seeds that train over (σ_w², depth), in this thread, beside the depth that theory says a signal can travel, about 6 ξ_c (Schoenholz
 * et al. 2017). For fine maps, sweep {@link trainableDepthExperiment} and summarise its rows with {@link summarizeTrainableDepth}.
 *
 * @throws ParameterError, before anything runs, for axes that are no lists of distinct acceptable values, and other options that are not acceptable.
 */
export async function trainableDepthMap(options: TrainableDepthMapOptions): Promise<TrainableDepthMap> {
  refuseUnknown(owner, options, [
    ...[
      'activation',
      'weightVariances',
      'biasVariance',
      'depths',
      'seeds',
      'width',
      'data',
      'level',
      'signal',
      'onProgress',
    ],
    ...Object.keys(trainingRules),
  ]);
  const { weightVariances, depths, seeds, level, signal, onProgress, ...shared } = options;
  checkAxis(owner, 'weightVariances', weightVariances, notNegative(0));
  checkAxis(owner, 'depths', depths, wholeFrom(2, 2));
  checkAxis(owner, 'seeds', seeds, seedRule);
  const cells = weightVariances.flatMap((weightVariance) =>
    depths.map((depth) => ({ ...shared, weightVariance, depth })),
  );
  cells.forEach(readCell);
  const run = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const rows = await runGrid(cells, seeds, runTrainableDepth, run);
  return summarizeTrainableDepth(rows, level === undefined ? {} : { level });
}

/**
 * What rows of {@link runTrainableDepth} come to, from a sweep as well.
 *
 * @throws ParameterError without rows, or with one twice; DataError for rows of another experiment.
 */
export function summarizeTrainableDepth(
  allRows: readonly Row[],
  options: { readonly level?: number } = {},
): TrainableDepthMap {
  const columns = [
    'activation',
    'weightVariance',
    'biasVariance',
    'depth',
    'width',
    'seed',
    'status',
    'trains',
  ] as const;
  const rows = checkRows<TrainableDepthRow>('summarizeTrainableDepth', allRows, columns);
  const { level } = readOptions('summarizeTrainableDepth', options, { level: levelRule });
  const groups = groupRows(rows, ['activation', 'weightVariance', 'biasVariance', 'depth', 'width']);
  const summary = groups.map((group) => {
    const [{ activation: name, weightVariance, biasVariance, depth, width }] = group;
    const trained = group.filter(({ trains }) => trains).length;
    return {
      activation: name,
      weightVariance,
      biasVariance,
      depth,
      width,
      trains: proportion(trained, group.length, { level }),
      diverged: group.filter(({ status }) => status === 'diverged').length,
      predicted: predictedDepth(elementwiseNamed(name), { weightVariance, biasVariance }, depth),
    };
  });
  return { kind: 'trainable-depth', rows, summary };
}

function predictedDepth(
  phi: ElementwiseActivation,
  layer: { readonly weightVariance: number; readonly biasVariance: number },
  depth: number,
): TrainableDepthCell['predicted'] {
  const found = trainableDepth(phi, layer);
  if (found.status === 'finite') {
    const { depth: limit, correlationScale } = found;
    return { status: 'finite', depth: limit, correlationScale, trains: depth <= limit };
  }
  const trains = found.status === 'unlimited' ? true : null;
  return { status: found.status, depth: null, correlationScale: null, trains };
}
