import { deadUnits, gradientFlow, sparsity } from '@relu-lab/analysis';
import { type Activation, type ActivationName, activation, random, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type Network, type TrainResult, cosine, crossEntropy, evaluate, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

/** One condition: which network is trained, on how many digits, and how. */
export interface Condition {
  readonly activation: ActivationName;
  readonly hidden: readonly number[];
  /** Training digits: the first ones of the 60 000. */
  readonly trainingDigits: number;
  /** Test digits: the first ones of the 10 000; accuracy, sparsity and dead units are measured on them. */
  readonly testDigits: number;
  /** Training digits over which gradients are measured. */
  readonly gradientDigits: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly momentum: number;
}

let digits: ReturnType<typeof loadMnist> | undefined;

/**
 * Trains one network on digits with the initialisation that its activation is made for, and looks at it before and after.
 *
 * Rows: one of kind `run`, one `epoch` an epoch, and for each moment (`start`, `end`) one `units` an activation layer and
 * one `gradient` a weight layer.
 *
 * A run that diverged ends nowhere: its `run` row says so and has neither accuracy nor loss, its finished epochs are marked, and
 * there are no rows of the end.
 */
export async function trainOnDigits(
  condition: Condition,
  seed: number,
  { signal, onProgress }: ExperimentContext,
): Promise<readonly Row[]> {
  digits ??= loadMnist();
  const { train: allTraining, test: allTest } = await digits;
  const data = takeRows(allTraining, condition.trainingDigits);
  const test = takeRows(allTest, condition.testDigits);
  const probeData = { ...takeRows(data, condition.gradientDigits), loss: crossEntropy() };
  const phi: Activation = activation(condition.activation);
  const network = mlp({
    inputs: data.features,
    hidden: condition.hidden,
    outputs: data.classes ?? 10,
    activation: phi,
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const initial = network.snapshot();
  const look = (moment: 'start' | 'end'): Row[] => [
    ...unitRows(network, test, moment, initial),
    ...gradientRows(network, probeData, moment),
  ];
  const start = look('start');
  const run = await train(network, {
    data,
    validation: test,
    loss: crossEntropy(),
    optimizer: sgd({ learningRate: condition.learningRate, momentum: condition.momentum }),
    schedule: cosine(),
    epochs: condition.epochs,
    batchSize: condition.batchSize,
    seed,
    signal,
    onProgress: ({ step, steps }) => onProgress(step / steps),
  });
  signal.throwIfAborted();
  const common = { activation: condition.activation, seed };
  const diverged = run.status === 'diverged';
  const rows = [runRow(network, run, test), ...epochRows(run), ...start, ...(diverged ? [] : look('end'))];
  return rows.map((row) => ({ ...common, ...row }));
}

type Digits = Awaited<ReturnType<typeof loadMnist>>['test'];

function runRow(network: Network, run: TrainResult, test: Digits): Row {
  const diverged = run.status === 'diverged';
  const end = diverged ? null : evaluate(network, test, crossEntropy());
  return {
    kind: 'run',
    status: run.status,
    divergedAt: diverged ? run.step : null,
    divergedLayer: diverged ? run.layer : null,
    testAccuracy: end?.accuracy ?? null,
    testLoss: end?.loss ?? null,
    parameters: network.parameterCount,
  };
}

function epochRows({ history, status }: TrainResult): Row[] {
  return history.map(({ epoch, loss, accuracy, validation }) => ({
    kind: 'epoch',
    status,
    epoch,
    trainingLoss: loss,
    trainingAccuracy: accuracy,
    testLoss: validation?.loss ?? null,
    testAccuracy: validation?.accuracy ?? null,
  }));
}

function unitRows(network: Network, test: Digits, moment: string, initial: ReturnType<Network['snapshot']>): Row[] {
  const zeros = sparsity(network, test);
  const dead = deadUnits(network, test, { initial });
  return dead.layers.map((layer, i) => ({
    kind: 'units',
    moment,
    layer: i + 1,
    units: layer.units,
    firingRateBound: dead.firingRateBound,
    zeroFraction: zeros.layers[i].zeroFraction,
    unitDeviation: zeros.layers[i].unitSpread.deviation,
    dead: layer.dead.length,
    alwaysOn: layer.alwaysOn.length,
    hasZeroRegion: layer.hasZeroRegion,
    bornDead: layer.fates?.bornDead.length ?? null,
    died: layer.fates?.died.length ?? null,
    revived: layer.fates?.revived.length ?? null,
  }));
}

function gradientRows(network: Network, data: Parameters<typeof gradientFlow>[1], moment: string): Row[] {
  const flow = gradientFlow(network, data);
  return flow.layers.map((layer, i) => ({
    kind: 'gradient',
    moment,
    layer: i + 1,
    gradientNorm: layer.gradientNorm,
    weightGradientNorm: layer.weightGradientNorm,
    gradientToWeightRatio: layer.gradientToWeightRatio,
    growthPerLayer: flow.growthPerLayer,
  }));
}
