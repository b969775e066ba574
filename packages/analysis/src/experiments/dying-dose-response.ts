import {
  type Activation,
  type ActivationName,
  type Dataset,
  type Initializer,
  type InitializerName,
  activation,
  initializer,
  random,
} from '@relu-lab/core';
import {
  type OptionRule,
  finite,
  notNegative,
  positive,
  readOptions,
  refuseUnknown,
  wholeFrom,
} from '@relu-lab/core/options';
import { type Network, mlp, recommendedInitializer } from '@relu-lab/nn';
import type { ExperimentContext, ExperimentReference, Row } from '@relu-lab/sweep';
import { visitBatches } from '../batches.ts';
import { type DeadUnits, deadUnits } from '../dead-units.ts';
import { levelRule, seedRule } from '../statistics/options.ts';
import { type OutcomeSummary, summarizeOutcomes } from '../statistics/outcome-summary.ts';
import { type Dying, dyingDoses } from './dying-dose.ts';
import { type ExperimentData, checkExperimentData, experimentData } from './experiment-data.ts';
import { checkAxis, checkDistinct, checkRows, groupRows } from './grid.ts';
import { predictedDeadFraction } from './initial-signal.ts';
import { readRequired, required } from './required-options.ts';
import { type GridRunOptions, runGrid } from './run-grid.ts';
import { type TrainingParameters, momentumRule, trainingOutcome, trainingRules } from './training-outcome.ts';

/** One condition. */
export interface DyingParameters extends TrainingParameters {
  readonly activation: ActivationName;
  /** The dose; above 0. */
  readonly learningRate: number;
  /** At least 0, below 1. Default 0. */
  readonly momentum?: number;
  /** Default: what the activation is made for (`recommended`). */
  readonly initializer?: InitializerName | 'recommended';
  /** Constant for the initial biases of the hidden layers. Default 0. */
  readonly bias?: number;
  /** Weight layers, at least 2. Default 4. */
  readonly depth?: number;
  /** Units in each hidden layer. Default 32. */
  readonly width?: number;
  /** What is trained on, and watched as a whole. Default 256 samples of `two-moons`. */
  readonly data?: ExperimentData;
}

/** One run. What is counted at the end is null where the run diverged: such a network has neither healthy nor dead units. */
export type DyingRow = {
  readonly activation: string;
  readonly initializer: string;
  readonly depth: number;
  readonly width: number;
  readonly bias: number;
  readonly momentum: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Samples on which a dead unit is silent: all of the data set. */
  readonly samples: number;
  /** Hidden units. */
  readonly units: number;
  /** Share of units that are dead before the first step, and what a wide network on this data should have; null where theory does not say. */
  readonly deadStart: number;
  readonly predictedDeadStart: number | null;
  /** Share of units that are dead after training. */
  readonly deadEnd: number | null;
  /** Share of units that died: alive at the start, dead at the end. */
  readonly died: number | null;
  /** Share of units that came to life: dead at the start, alive at the end. */
  readonly revived: number | null;
  /**
   * Share of units with a pre-activation of at most 0 on every sample: for ReLU the dead ones; for leaky ReLU, PReLU and ELU those that
   * would be. Null for maxout, whose pre-activations have no such side.
   */
  readonly negativeStart: number | null;
  readonly negativeEnd: number | null;
  /** Whether some unit is constant 0 on an interval: without that none can die. */
  readonly canDie: boolean;
  readonly status: string;
  readonly divergedAt: number | null;
  readonly steps: number;
  readonly lossStart: number | null;
  readonly lossEnd: number | null;
  readonly trains: boolean;
};

/** The experiment for a sweep: {@link runDying}. */
export const dyingExperiment: ExperimentReference<DyingParameters> = { module: import.meta.url, export: 'runDying' };

const owner = 'dyingDoseResponse';

/**
 * Trains one network, and counts the units that are dead on the whole data set before and after. The network's seed is a whole number below 2³¹
 * from the stream `network` of `seed`, which also shuffles: learning rates are paired by seed.
 *
 * @throws ParameterError for names that there are not (with the nearest), a learning rate that is not above 0, and other parameters that are not
 * acceptable.
 */
export async function runDying(
  parameters: DyingParameters,
  seed: number,
  context?: ExperimentContext,
): Promise<readonly DyingRow[]> {
  const { phi, weights, bias, depth, width, training, ...cell } = readCell(parameters);
  const data = await experimentData(cell.data);
  const network = mlp({
    inputs: data.features,
    hidden: Array.from({ length: depth - 1 }, () => width),
    outputs: data.classes ?? 1,
    activation: phi,
    weights,
    bias,
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
    ...(weights.outputVariance !== undefined && { data }),
  });
  const initial = network.snapshot();
  const start = deadUnits(network, data);
  const units = start.layers.reduce((sum, layer) => sum + layer.units, 0);
  const negativeStart = negativeShare(network, data, phi, units);
  const outcome = await trainingOutcome(network, data, training, { seed, ...context });
  const end = outcome.status === 'completed' ? deadUnits(network, data, { initial }) : null;
  const { learningRate, momentum } = training;
  return [
    {
      activation: parameters.activation,
      initializer: parameters.initializer ?? 'recommended',
      depth,
      width,
      bias,
      momentum,
      learningRate,
      seed,
      samples: data.rows,
      units,
      deadStart: countOf(start, ({ dead }) => dead) / units,
      predictedDeadStart: predictedDeadFraction(phi, { weights, biases: bias !== 0 }, data, depth - 1),
      deadEnd: end && countOf(end, ({ dead }) => dead) / units,
      died: end && countOf(end, ({ fates }) => fates?.died ?? []) / units,
      revived: end && countOf(end, ({ fates }) => fates?.revived ?? []) / units,
      negativeStart,
      negativeEnd: end && negativeShare(network, data, phi, units),
      canDie: start.layers.some(({ hasZeroRegion }) => hasZeroRegion),
      ...outcome,
    },
  ];
}

function countOf(found: DeadUnits, which: (layer: DeadUnits['layers'][number]) => readonly number[]): number {
  return found.layers.reduce((sum, layer) => sum + which(layer).length, 0);
}

/** Share of hidden units whose pre-activation is at most 0 on every sample. */
function negativeShare(network: Network, data: Dataset, phi: Activation, units: number): number | null {
  if (phi.kind !== 'elementwise') return null;
  const hidden = network.layers.filter(({ role }) => role === 'activation');
  const everPositive = hidden.map((layer) => new Uint8Array(layer.outputs));
  visitBatches(network, data, () => {
    hidden.forEach(({ name, outputs }, i) => {
      network.preActivation(name).forEach((z, at) => {
        if (z > 0) everPositive[i][at % outputs] = 1;
      });
    });
  });
  const positiveUnits = everPositive.reduce((sum, layer) => sum + layer.reduce((count, one) => count + one, 0), 0);
  return 1 - positiveUnits / units;
}

interface Cell {
  readonly phi: Activation;
  readonly weights: Initializer;
  readonly bias: number;
  readonly depth: number;
  readonly width: number;
  readonly data: ExperimentData;
  readonly training: Required<TrainingParameters>;
}

const shapeRules = {
  bias: finite(0),
  depth: wholeFrom(2, 4),
  width: wholeFrom(1, 32),
} as const satisfies Record<string, OptionRule>;

/** The dose must be given; momentum is an axis of the grid, and 0 where nobody asks for it. */
const dyingRules: typeof trainingRules = {
  ...trainingRules,
  learningRate: required(positive(1)),
  momentum: { ...momentumRule, default: 0 },
};

function readCell(parameters: DyingParameters): Cell {
  const known = ['activation', 'initializer', ...Object.keys(shapeRules), 'data', ...Object.keys(trainingRules)];
  refuseUnknown(owner, parameters, known);
  const {
    activation: name,
    initializer: rule = 'recommended',
    bias,
    depth,
    width,
    data = { name: 'two-moons' },
    ...training
  } = parameters;
  const phi = activation(name as string);
  checkExperimentData(data);
  return {
    phi,
    weights: rule === 'recommended' ? recommendedInitializer(phi) : initializer(rule as string),
    ...readOptions(owner, { bias, depth, width }, shapeRules),
    data,
    training: readRequired(owner, training, dyingRules),
  };
}

export interface DyingDoseResponseOptions
  extends Omit<TrainingParameters, 'learningRate' | 'momentum'>, GridRunOptions {
  /** Such as ReLU against leaky ReLU, PReLU and ELU. */
  readonly activations: readonly ActivationName[];
  /** The doses; above 0. */
  readonly learningRates: readonly number[];
  readonly seeds: readonly number[];
  /** Default `['recommended']`: what each activation is made for. */
  readonly initializers?: readonly (InitializerName | 'recommended')[];
  /** Constants for the initial biases of the hidden layers. Default `[0]`. */
  readonly biases?: readonly number[];
  /** Default `[0]`. */
  readonly momenta?: readonly number[];
  /** Weight layers, at least 2. Default 4. */
  readonly depth?: number;
  /** Units in each hidden layer. Default 32. */
  readonly width?: number;
  /** Default 256 samples of `two-moons`. */
  readonly data?: ExperimentData;
  /** The share of units of which more have to die for a dose to count. Default 0.1. */
  readonly share?: number;
  /** Confidence level of the intervals. Default 0.95. */
  readonly level?: number;
}

/** One condition over its seeds. */
export interface DyingCell {
  readonly activation: string;
  readonly initializer: string;
  readonly depth: number;
  readonly width: number;
  readonly bias: number;
  readonly momentum: number;
  readonly learningRate: number;
  /** Shares of units, of the runs that did not diverge; those that did are counted in each. */
  readonly measured: {
    readonly deadStart: OutcomeSummary;
    readonly deadEnd: OutcomeSummary;
    readonly died: OutcomeSummary;
    readonly revived: OutcomeSummary;
    /** Null for maxout. */
    readonly negativeEnd: OutcomeSummary | null;
  };
  readonly predicted: {
    /** Of a wide ReLU network without biases on this data. */
    readonly deadStart: number | null;
    /** 0 for an activation that is nowhere constant 0; theory has nothing to say of the others. */
    readonly died: number | null;
  };
  /** Seeds whose training diverged. */
  readonly diverged: number;
}

/** Dead units by learning rate. */
export interface DyingDoseResponse {
  readonly kind: 'dose-response';
  readonly rows: readonly DyingRow[];
  readonly summary: readonly DyingCell[];
  /** For each activation, initialiser, bias and momentum the smallest learning rate at which more than `share` of the units die. */
  readonly doses: readonly Dying[];
}

/**
 * Learning rate × initialisation × bias × momentum × activation × seeds, in this thread: the share of units that die, runs that diverge apart, and
 * the dose at which more than `share` of them do. For many conditions, sweep {@link dyingExperiment} and summarise its rows with
 * {@link summarizeDying}.
 *
 * @throws ParameterError, before anything runs, for axes that are no lists of distinct acceptable values, and other options that are not acceptable.
 */
export async function dyingDoseResponse(options: DyingDoseResponseOptions): Promise<DyingDoseResponse> {
  refuseUnknown(owner, options, [
    ...[
      'activations',
      'learningRates',
      'seeds',
      'initializers',
      'biases',
      'momenta',
      'depth',
      'width',
      'data',
      'share',
      'level',
    ],
    ...['epochs', 'batchSize', 'trainedBelow', 'signal', 'onProgress'],
  ]);
  const {
    activations,
    learningRates,
    seeds,
    initializers = ['recommended'],
    biases = [0],
    momenta = [0],
    ...others
  } = options;
  const { share, level, signal, onProgress, ...shared } = others;
  checkDistinct(owner, 'activations', activations);
  checkDistinct(owner, 'initializers', initializers);
  checkAxis(owner, 'learningRates', learningRates, positive(1));
  checkAxis(owner, 'biases', biases, finite(0));
  checkAxis(owner, 'momenta', momenta, momentumRule);
  checkAxis(owner, 'seeds', seeds, seedRule);
  const cells: DyingParameters[] = activations.flatMap((phi) =>
    initializers.flatMap((rule) =>
      biases.flatMap((bias) =>
        momenta.flatMap((momentum) =>
          learningRates.map((learningRate) => ({
            ...shared,
            activation: phi,
            initializer: rule,
            bias,
            momentum,
            learningRate,
          })),
        ),
      ),
    ),
  );
  cells.forEach(readCell);
  const run = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const rows = await runGrid(cells, seeds, runDying, run);
  return summarizeDying(rows, { ...(share !== undefined && { share }), ...(level !== undefined && { level }) });
}

const columns = [
  ...(['activation', 'initializer', 'depth', 'width', 'bias', 'momentum', 'learningRate', 'seed', 'status'] as const),
  ...(['deadStart', 'deadEnd', 'died', 'revived', 'negativeEnd'] as const),
];

/**
 * What rows of {@link runDying} come to, from a sweep as well.
 *
 * @throws ParameterError without rows, or with one twice, or for a share that is not at least 0 and below 1; DataError for rows of another experiment.
 */
export function summarizeDying(
  allRows: readonly Row[],
  options: { readonly share?: number; readonly level?: number } = {},
): DyingDoseResponse {
  const rows = checkRows<DyingRow>('summarizeDying', allRows, columns);
  const { share, level } = readOptions('summarizeDying', options, {
    share: { ...notNegative(0.1), ...belowOne },
    level: levelRule,
  });
  const curves = groupRows(rows, ['activation', 'initializer', 'depth', 'width', 'bias', 'momentum']);
  return {
    kind: 'dose-response',
    rows,
    summary: curves.flatMap((curve) => groupRows(curve, ['learningRate']).map((cell) => summarizeCell(cell, level))),
    doses: curves.map((curve) => dyingDoses(curve, share, level)),
  };
}

const belowOne: Pick<OptionRule, 'accepts' | 'wanted'> = {
  accepts: (value) => value >= 0 && value < 1,
  wanted: 'a number of at least 0 and below 1',
};

function summarizeCell(cell: readonly DyingRow[], level: number): DyingCell {
  const [
    { activation: name, initializer: rule, depth, width, bias, momentum, learningRate, predictedDeadStart, canDie },
  ] = cell;
  const summary = (value: (row: DyingRow) => number | null): OutcomeSummary =>
    summarizeOutcomes(
      cell.map((row) => value(row) ?? 'diverged'),
      { level },
    );
  return {
    activation: name,
    initializer: rule,
    depth,
    width,
    bias,
    momentum,
    learningRate,
    measured: {
      deadStart: summary((row) => row.deadStart),
      deadEnd: summary((row) => row.deadEnd),
      died: summary((row) => row.died),
      revived: summary((row) => row.revived),
      negativeEnd: cell[0].negativeStart === null ? null : summary((row) => row.negativeEnd),
    },
    predicted: { deadStart: predictedDeadStart, died: canDie ? null : 0 },
    diverged: cell.filter(({ status }) => status === 'diverged').length,
  };
}
