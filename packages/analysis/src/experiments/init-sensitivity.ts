import {
  type Activation,
  type ActivationName,
  type Initializer,
  type InitializerName,
  activation,
  initializer,
  random,
} from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { crossEntropy, mlp } from '@relu-lab/nn';
import type { ExperimentContext, ExperimentReference, Row } from '@relu-lab/sweep';
import { edgeOfChaos, meanField, moments } from '@relu-lab/theory';
import { levelRule, seedRule } from '../statistics/options.ts';
import { type OutcomeSummary, summarizeOutcomes } from '../statistics/outcome-summary.ts';
import { type Proportion, proportion } from '../statistics/proportion.ts';
import { type ExperimentData, checkExperimentData, experimentData } from './experiment-data.ts';
import { checkAxis, checkDistinct, checkRows, groupRows } from './grid.ts';
import { initialSignal, inputSecondMoment, predictedDeadFraction, predictedSignal } from './initial-signal.ts';
import { readRequired, required } from './required-options.ts';
import { type GridRunOptions, runGrid } from './run-grid.ts';
import { type TrainingParameters, trainingOutcome, trainingRules } from './training-outcome.ts';

/** One condition. */
export interface InitSensitivityParameters extends TrainingParameters {
  readonly activation: ActivationName;
  readonly initializer: InitializerName;
  /** Weight layers, at least 2; there is one hidden layer less. */
  readonly depth: number;
  /** Units in each hidden layer. */
  readonly width: number;
  /** What is looked at and trained on. Default 256 samples of `two-moons`. */
  readonly data?: ExperimentData;
}

/** One network. What is null does not exist: theory does not say, the start was not finite, or the run diverged. */
export type InitSensitivityRow = {
  readonly activation: string;
  readonly initializer: string;
  readonly depth: number;
  readonly width: number;
  readonly seed: number;
  /** Whether everything was finite before the first step. */
  readonly finiteStart: boolean;
  /** Factor a layer on the mean square of pre-activations, from the first hidden weight layer to the last. */
  readonly forwardGrowth: number | null;
  readonly predictedForwardGrowth: number | null;
  /** Factor a layer on the squared gradient, towards the input, over the same layers. */
  readonly backwardGrowth: number | null;
  readonly predictedBackwardGrowth: number | null;
  /** σ_w² of the hidden layers, fanIn × Var[W]; null for weights that are scaled on data. */
  readonly weightVariance: number | null;
  readonly biasVariance: number | null;
  /** χ₁ at the length that signals tend to, and its distance from the edge of chaos. */
  readonly chi1: number | null;
  readonly chi1Distance: number | null;
  /** σ_w² at the edge of chaos for this bias variance, and σ_w² in units of it. */
  readonly edgeWeightVariance: number | null;
  readonly relativeWeightVariance: number | null;
  /** Share of dead units among all hidden ones at the start. */
  readonly deadFraction: number | null;
  readonly predictedDeadFraction: number | null;
  readonly status: string;
  readonly divergedAt: number | null;
  readonly steps: number;
  readonly lossStart: number | null;
  readonly lossEnd: number | null;
  /** Whether the loss fell below `trainedBelow` of the start's and of guessing's. */
  readonly trains: boolean;
};

/** The experiment for a sweep: {@link runInitSensitivity}. */
export const initSensitivityExperiment: ExperimentReference<InitSensitivityParameters> = {
  module: import.meta.url,
  export: 'runInitSensitivity',
};

const owner = 'initSensitivity';

/**
 * Draws one network, looks at its signals, gradients and dead units before the first step, trains it, and says whether it learnt; with what
 * theory predicts from the activation, the initialiser and the mean square of the data alone.
 *
 * The network's seed is a whole number below 2³¹ from the stream `network` of `seed`, which also shuffles: conditions are paired by seed.
 *
 * @throws ParameterError for names that there are not (with the nearest) and other parameters that are not acceptable.
 */
export async function runInitSensitivity(
  parameters: InitSensitivityParameters,
  seed: number,
  context?: ExperimentContext,
): Promise<readonly InitSensitivityRow[]> {
  const cell = readCell(parameters);
  const { phi, weights, depth, width, training } = cell;
  const data = await experimentData(cell.data);
  const hidden = Array.from({ length: depth - 1 }, () => width);
  const classes = data.classes ?? 1;
  const network = mlp({
    inputs: data.features,
    hidden,
    outputs: classes,
    activation: phi,
    weights,
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
    ...(weights.outputVariance !== undefined && { data }),
  });
  const signal = initialSignal(network, data, crossEntropy());
  const widths = [data.features, ...hidden, classes];
  const predicted = predictedSignal(phi, weights, widths, inputSecondMoment(data));
  const biases = weights.biasVariance(width, width) > 0;
  const outcome = await trainingOutcome(network, data, training, { seed, ...context });
  return [
    {
      activation: parameters.activation,
      initializer: parameters.initializer,
      depth,
      width,
      seed,
      finiteStart: signal !== null,
      forwardGrowth: signal?.forwardGrowth ?? null,
      predictedForwardGrowth: predicted?.forwardGrowth ?? null,
      backwardGrowth: signal?.backwardGrowth ?? null,
      predictedBackwardGrowth: predicted?.backwardGrowth ?? null,
      ...criticality(phi, weights, width),
      deadFraction: signal?.deadFraction ?? null,
      predictedDeadFraction: predictedDeadFraction(phi, { weights, biases }, data, depth - 1),
      ...outcome,
    },
  ];
}

interface Cell {
  readonly phi: Activation;
  readonly weights: Initializer;
  readonly depth: number;
  readonly width: number;
  readonly data: ExperimentData;
  readonly training: Required<TrainingParameters>;
}

function readCell(parameters: InitSensitivityParameters): Cell {
  refuseUnknown(owner, parameters, [
    'activation',
    'initializer',
    'depth',
    'width',
    'data',
    ...Object.keys(trainingRules),
  ]);
  const { activation: name, initializer: rule, data = { name: 'two-moons' }, depth, width, ...training } = parameters;
  checkExperimentData(data);
  return {
    phi: activation(name as string),
    weights: initializer(rule as string),
    ...readRequired(owner, { depth, width }, { depth: required(wholeFrom(2, 2)), width: required(wholeFrom(1, 1)) }),
    data,
    training: readOptions(owner, training, trainingRules),
  };
}

type Criticality = Pick<
  InitSensitivityRow,
  'weightVariance' | 'biasVariance' | 'chi1' | 'chi1Distance' | 'edgeWeightVariance' | 'relativeWeightVariance'
>;

/** Where the hidden layers stand in the phase diagram. */
function criticality(phi: Activation, weights: Initializer, width: number): Criticality {
  const scaledOnData = weights.outputVariance !== undefined;
  const weightVariance = scaledOnData ? null : width * weights.variance(width, width);
  const biasVariance = scaledOnData ? null : weights.biasVariance(width, width);
  const known = { weightVariance, biasVariance };
  if (phi.kind !== 'elementwise' || weightVariance === null || biasVariance === null) {
    return { ...known, chi1: null, chi1Distance: null, edgeWeightVariance: null, relativeWeightVariance: null };
  }
  // A homogeneous φ has one χ₁ at every length, also where lengths run away.
  const chi1 = phi.positivelyHomogeneous
    ? weightVariance * moments(phi).derivativeSecondMoment
    : meanField(phi, { weightVariance, biasVariance }).chi1;
  const edge = edgeOfChaos(phi, { biasVariance });
  const edgeWeightVariance = edge.status === 'found' ? edge.weightVariance : null;
  return {
    ...known,
    chi1,
    chi1Distance: chi1 === null ? null : chi1 - 1,
    edgeWeightVariance,
    relativeWeightVariance: edgeWeightVariance === null ? null : weightVariance / edgeWeightVariance,
  };
}

export interface InitSensitivityOptions extends TrainingParameters, GridRunOptions {
  readonly activations: readonly ActivationName[];
  readonly initializers: readonly InitializerName[];
  /** Weight layers, at least 2. */
  readonly depths: readonly number[];
  /** Units in each hidden layer. */
  readonly widths: readonly number[];
  readonly seeds: readonly number[];
  /** What is looked at and trained on. Default 256 samples of `two-moons`. */
  readonly data?: ExperimentData;
  /** Confidence level of the intervals. Default 0.95. */
  readonly level?: number;
}

/** One condition over its seeds. */
export interface InitSensitivityCell {
  readonly activation: string;
  readonly initializer: string;
  readonly depth: number;
  readonly width: number;
  /**
   * Of the initial networks; those whose start was not finite count as diverged. A network without any gradient (born dead, or underflown) has no
   * growth: `runs` of a growth counts those that have one. Null where no network has.
   */
  readonly measured: {
    readonly forwardGrowth: OutcomeSummary | null;
    readonly backwardGrowth: OutcomeSummary | null;
    readonly deadFraction: OutcomeSummary | null;
  };
  readonly predicted: {
    readonly forwardGrowth: number | null;
    readonly backwardGrowth: number | null;
    readonly deadFraction: number | null;
  };
  readonly chi1: number | null;
  readonly chi1Distance: number | null;
  readonly relativeWeightVariance: number | null;
  /** Share of seeds that train; a run that diverged did not. */
  readonly trains: Proportion;
  /** Seeds whose training diverged. */
  readonly diverged: number;
}

/** How much initialisation decides, by activation, initialiser, depth and width. */
export interface InitSensitivity {
  readonly kind: 'init-sensitivity';
  readonly rows: readonly InitSensitivityRow[];
  readonly summary: readonly InitSensitivityCell[];
}

/**
 * Runs activation × initialiser × depth × width × seeds in this thread: forward and backward growth, dead units and distance from the edge of
 * chaos at the start, and whether the network then trains. For many conditions, sweep {@link initSensitivityExperiment} over
 * workers and summarise its rows with {@link summarizeInitSensitivity}.
 *
 * @throws ParameterError, before anything runs, for axes that are no lists of distinct acceptable values, and other options that are not acceptable.
 */
export async function initSensitivity(options: InitSensitivityOptions): Promise<InitSensitivity> {
  refuseUnknown(owner, options, [
    ...['activations', 'initializers', 'depths', 'widths', 'seeds', 'data', 'level', 'signal', 'onProgress'],
    ...Object.keys(trainingRules),
  ]);
  const { activations, initializers, depths, widths, seeds, level, signal, onProgress, ...shared } = options;
  checkDistinct(owner, 'activations', activations);
  checkDistinct(owner, 'initializers', initializers);
  checkAxis(owner, 'depths', depths, wholeFrom(2, 2));
  checkAxis(owner, 'widths', widths, wholeFrom(1, 1));
  checkAxis(owner, 'seeds', seeds, seedRule);
  const cells = activations.flatMap((phi) =>
    initializers.flatMap((rule) =>
      depths.flatMap((depth) =>
        widths.map((width) => ({ ...shared, activation: phi, initializer: rule, depth, width })),
      ),
    ),
  );
  cells.forEach(readCell);
  const run = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const rows = await runGrid(cells, seeds, runInitSensitivity, run);
  return summarizeInitSensitivity(rows, level === undefined ? {} : { level });
}

/**
 * What rows of {@link runInitSensitivity} come to, from a sweep as well.
 *
 * @throws ParameterError without rows, or with one twice; DataError for rows of another experiment.
 */
export function summarizeInitSensitivity(
  allRows: readonly Row[],
  options: { readonly level?: number } = {},
): InitSensitivity {
  const columns = [
    'activation',
    'initializer',
    'depth',
    'width',
    'seed',
    'forwardGrowth',
    'deadFraction',
    'trains',
  ] as const;
  const rows = checkRows<InitSensitivityRow>('summarizeInitSensitivity', allRows, columns);
  const { level } = readOptions('summarizeInitSensitivity', options, { level: levelRule });
  const groups = groupRows(rows, ['activation', 'initializer', 'depth', 'width']);
  return { kind: 'init-sensitivity', rows, summary: groups.map((group) => summarizeCell(group, level)) };
}

function summarizeCell(group: readonly InitSensitivityRow[], level: number): InitSensitivityCell {
  const [first] = group;
  const measured = (
    value: (row: InitSensitivityRow) => number | null,
    scale: 'linear' | 'log',
  ): OutcomeSummary | null => {
    const outcomes = group.flatMap((row) => (row.finiteStart ? (value(row) ?? []) : ('diverged' as const)));
    return outcomes.length === 0 ? null : summarizeOutcomes(outcomes, { scale, level });
  };
  const trained = group.filter(({ trains }) => trains).length;
  return {
    activation: first.activation,
    initializer: first.initializer,
    depth: first.depth,
    width: first.width,
    measured: {
      forwardGrowth: measured((row) => row.forwardGrowth, 'log'),
      backwardGrowth: measured((row) => row.backwardGrowth, 'log'),
      deadFraction: measured((row) => row.deadFraction, 'linear'),
    },
    predicted: {
      forwardGrowth: first.predictedForwardGrowth,
      backwardGrowth: first.predictedBackwardGrowth,
      deadFraction: first.predictedDeadFraction,
    },
    chi1: first.chi1,
    chi1Distance: first.chi1Distance,
    relativeWeightVariance: first.relativeWeightVariance,
    trains: proportion(trained, group.length, { level }),
    diverged: group.filter(({ status }) => status === 'diverged').length,
  };
}
