import { type Dataset, ParameterError, ShapeError, checkDataset, random } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkCount, checkNetwork } from './checks.ts';
import type { Clipping } from './clipping.ts';
import { type Loss, checkFit } from './losses/loss.ts';
import type { Parameter } from './layer.ts';
import type { Network } from './network.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import type { Probe } from './probe.ts';
import type { Schedule } from './schedule.ts';
import type { TrainProgress } from './train-result.ts';

export interface TrainOptions {
  /** What is learnt. */
  readonly data: Dataset;
  /** Evaluated after every epoch; default: none. */
  readonly validation?: Dataset;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** Passes over the data. */
  readonly epochs: number;
  /** Rows a step; the last batch of an epoch may be smaller. Default 32. */
  readonly batchSize?: number;
  /** Seed of the shuffling and of the noise of dropout and RReLU; default 0. */
  readonly seed?: number;
  /** Factor on the optimiser's learning rate by step; default constant. */
  readonly schedule?: Schedule;
  /**
   * Factor on the learning rate of one parameter, for parametrisations such as μP and to hold parameters fixed (0); asked once for each
   * parameter, before the first step. Default 1 for all.
   */
  readonly rateFactor?: (parameter: Parameter) => number;
  /** Bound on the gradients; default none. */
  readonly clipping?: Clipping;
  /** Watchers of the run. */
  readonly probes?: readonly Probe[];
  /** Stops the run after the step under way. */
  readonly signal?: AbortSignal;
  /** Called about ten times a second and after every epoch. */
  readonly onProgress?: (progress: TrainProgress) => void;
}

/** Rows a step when `batchSize` is not given. */
export const usualBatchSize = 32;

const optionNames = [
  'data',
  'validation',
  'loss',
  'optimizer',
  'epochs',
  'batchSize',
  'seed',
  'schedule',
  'rateFactor',
  'clipping',
  'probes',
  'signal',
  'onProgress',
];

/**
 * Refuses options that make no run, before anything is computed.
 *
 * @throws ParameterError, ShapeError, DataError.
 */
export function checkTrainOptions(network: Network, options: TrainOptions): void {
  checkNetwork(network);
  refuseUnknown('train', options, optionNames);
  const { data, validation, loss, optimizer, epochs, batchSize = usualBatchSize, seed = 0, probes = [] } = options;
  if (typeof optimizer?.update !== 'function') {
    throw new ParameterError('optimizer must be an optimiser such as sgd({ learningRate: 0.1 }) or adam()');
  }
  if (typeof loss?.measure !== 'function') throw new ParameterError('loss must be a loss such as crossEntropy()');
  checkCount('epochs', epochs);
  checkCount('batchSize', batchSize);
  random(seed);
  for (const { name, every } of probes) if (every !== undefined) checkCount(`every of the probe '${name}'`, every);
  checkDataset(data);
  checkFit(network, data, loss);
  checkSteps(epochs * Math.ceil(data.rows / batchSize));
  checkLastBatch(network, data, Math.min(batchSize, data.rows));
  if (!validation) return;
  checkDataset(validation);
  checkFit(network, validation, loss);
}

const mostSteps = 100_000_000;

function checkSteps(steps: number): void {
  if (steps <= mostSteps) return;
  throw new ParameterError(`That would be ${steps} steps, more than ${mostSteps}: take fewer epochs or larger batches`);
}

/** Batch norm cannot train on one row, and would meet it only at the end of the first epoch. */
function checkLastBatch({ layers }: Network, data: Dataset, batchSize: number): void {
  const last = data.rows % batchSize || batchSize;
  const norm = layers.find(({ kind }) => kind === 'batch-norm');
  if (last > 1 || !norm) return;
  throw new ShapeError(
    `Batches of ${batchSize} leave a last one of a single row of the ${data.rows} of '${data.name}', on which ${norm.name} has no variance: take another batchSize`,
  );
}
