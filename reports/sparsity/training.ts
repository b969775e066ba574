import { deadUnits, sparsity } from '@relu-lab/analysis';
import { type ActivationName, type Dataset, activation, random, selectRows, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type Network, cosine, crossEntropy, evaluate, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';
import { alongRandomDirections, classSelectivity, topPurity } from './selectivity.ts';

/** A network, and how it is trained on few digits. */
export interface TrainingCondition {
  readonly activation: ActivationName;
  /** λ of the L1 penalty on activations. */
  readonly penalty: number;
  readonly hidden: readonly number[];
  /** Drawn anew for each seed from the 60 000, the same ones for every condition. */
  readonly trainingDigits: number;
  /** Test digits: the first ones. */
  readonly testDigits: number;
  /** Test digits on which zeros are counted after each epoch, and the selectivity of units is measured. */
  readonly watchedDigits: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** At the start; it falls to 0 by a half cosine. */
  readonly learningRate: number;
  readonly momentum: number;
}

/** Digits that excite a unit most: so many are looked at. */
export const top = 20;

/** Random directions that units are compared with. */
const directions = 64;

let mnist: ReturnType<typeof loadMnist> | undefined;

/**
 * Trains one network on few digits, until it knows them by heart, and looks at its zeros, its train–test gap and its units.
 *
 * Rows: one of kind `run`, one `zeros` an epoch (0 is before training) and hidden layer, one `layer` a hidden layer at the end. A run that
 * diverged has a `run` row that says so, and none of the end.
 */
export async function trainOnFewDigits(
  condition: TrainingCondition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  mnist ??= loadMnist();
  const { train: all, test: allTest } = await mnist;
  const drawn = random(seed).stream('digits').permutation(all.rows).subarray(0, condition.trainingDigits);
  const data = selectRows(all, drawn);
  const test = takeRows(allTest, condition.testDigits);
  const watched = takeRows(allTest, condition.watchedDigits);
  const network = mlp({
    inputs: data.features,
    hidden: condition.hidden,
    outputs: data.classes ?? 10,
    activation: activation(condition.activation),
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const zeros = zeroRows(network, watched, 0);
  const run = await train(network, {
    data,
    loss: crossEntropy({ activationPenalty: condition.penalty }),
    optimizer: sgd({ learningRate: condition.learningRate, momentum: condition.momentum }),
    schedule: cosine(),
    epochs: condition.epochs,
    batchSize: condition.batchSize,
    seed,
    signal,
    probes: [
      {
        name: 'zeros by epoch',
        every: Math.ceil(data.rows / condition.batchSize),
        step: ({ epoch }) => void zeros.push(...zeroRows(network, watched, epoch)),
      },
    ],
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  const diverged = run.status === 'diverged';
  const rows = [
    {
      kind: 'run',
      status: run.status,
      ...(diverged ? nowhere : { ...gapOf(network, data, test), ...savedBy(network, test) }),
    },
    ...zeros,
    ...(diverged ? [] : layerRows(network, watched, seed)),
  ];
  const { activation: name, penalty, learningRate } = condition;
  return rows.map((row) => ({ activation: name, penalty, learningRate, seed, ...row }));
}

const nowhere: Row = { trainingAccuracy: null, testAccuracy: null, gap: null, lossGap: null };

/** How much better a network does on digits that it learnt than on others. */
function gapOf(network: Network, data: Dataset, test: Dataset): Row {
  const [learnt, unseen] = [data, test].map((digits) => evaluate(network, digits, crossEntropy()));
  return {
    trainingAccuracy: learnt.accuracy,
    testAccuracy: unseen.accuracy,
    gap: (learnt.accuracy ?? NaN) - (unseen.accuracy ?? NaN),
    lossGap: unseen.loss - learnt.loss,
  };
}

/**
 * What zeros make superfluous, counted exactly: the share of multiply-adds with an activation that is 0, of the products that read hidden
 * activations, and of all products of a forward pass.
 */
export function savedBy(network: Network, data: Dataset): Row {
  const { layers } = sparsity(network, data);
  const outputs = [...layers.slice(1).map(({ units }) => units), network.outputs];
  const hidden = layers.map(({ units }, i) => units * outputs[i]);
  const first = network.inputs * layers[0].units;
  const skipped = sum(hidden.map((multiplyAdds, i) => multiplyAdds * layers[i].zeroFraction));
  return {
    zeroFraction:
      sum(layers.map(({ zeroFraction, units }) => zeroFraction * units)) / sum(layers.map(({ units }) => units)),
    savedInHidden: skipped / sum(hidden),
    savedInAll: skipped / (first + sum(hidden)),
  };
}

function zeroRows(network: Network, data: Dataset, epoch: number): Row[] {
  return sparsity(network, data).layers.map(({ zeroFraction }, i) => ({
    kind: 'zeros',
    epoch,
    layer: i + 1,
    zeroFraction,
  }));
}

/** The units of each hidden layer on labelled digits; means of selectivity are over those that are not dead there. */
function layerRows(network: Network, data: Dataset, seed: number): Row[] {
  const { layers: zeros } = sparsity(network, data);
  const { layers: deaths } = deadUnits(network, data);
  network.forward(data.inputs);
  return zeros.map(({ name, units, zeroFraction }, i) => {
    const values = { values: network.output(name).slice(), units, labels: data.targets as Int32Array, classes: 10 };
    const own = classSelectivity(values).filter((_, unit) => !deaths[i].dead.includes(unit));
    const along = alongRandomDirections(values, directions, random(seed).stream(`directions of ${name}`));
    return {
      kind: 'layer',
      layer: i + 1,
      zeroFraction,
      dead: deaths[i].dead.length / units,
      selectivity: mean(own),
      directionSelectivity: mean(classSelectivity(along)),
      purity: mean(topPurity(values, top).filter(Number.isFinite)),
      directionPurity: mean(topPurity(along, top)),
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length;
}
