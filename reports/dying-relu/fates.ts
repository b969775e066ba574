import { type UnitTimeline, sparsity, unitTimeline } from '@relu-lab/analysis';
import { random, relu, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import type { ExperimentContext, Row } from '@relu-lab/sweep';

export interface FatesCondition {
  readonly hidden: readonly number[];
  /** Training digits, all of which are watched too. */
  readonly digits: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly momentum: number;
  /** λ of the L2 penalty on weights and biases. */
  readonly weightDecay: number;
}

let mnist: ReturnType<typeof loadMnist> | undefined;

/** Trains one ReLU network on digits, and watches every unit on all of them after every step. */
export async function watchUnits(
  condition: FatesCondition,
  seed: number,
  context?: ExperimentContext,
): Promise<{ readonly timeline: UnitTimeline; readonly diverged: boolean; readonly zeroFractions: readonly number[] }> {
  mnist ??= loadMnist();
  const data = takeRows((await mnist).train, condition.digits);
  const network = mlp({
    inputs: data.features,
    hidden: condition.hidden,
    outputs: 10,
    activation: relu,
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
  const probe = unitTimeline(network, data, { every: 1 });
  const run = await train(network, {
    data,
    loss: crossEntropy(),
    optimizer: sgd({
      learningRate: condition.learningRate,
      momentum: condition.momentum,
      weightDecay: condition.weightDecay,
    }),
    epochs: condition.epochs,
    batchSize: condition.batchSize,
    seed,
    probes: [probe],
    ...(context && { signal: context.signal }),
  });
  context?.signal.throwIfAborted();
  const timeline = probe.result();
  const diverged = run.status === 'diverged' || timeline.notFinite !== null;
  const zeroFractions = diverged ? [] : sparsity(network, data).layers.map(({ zeroFraction }) => zeroFraction);
  return { timeline, diverged, zeroFractions };
}

/**
 * What became of the units of one network: one row of kind `fates` a hidden layer. `everDead` counts units that were silent on all data at some
 * step, `cameBack` those of them that spoke again at a later one.
 */
export async function countFates(
  condition: FatesCondition,
  seed: number,
  context?: ExperimentContext,
): Promise<readonly Row[]> {
  const { timeline, diverged, zeroFractions } = await watchUnits(condition, seed, context);
  const { learningRate, momentum, weightDecay } = condition;
  return timeline.layers.map((layer, i) => ({
    kind: 'fates',
    learningRate,
    momentum,
    weightDecay,
    seed,
    status: diverged ? 'diverged' : 'completed',
    layer: i + 1,
    units: layer.units,
    bornDead: layer.bornDead.length,
    deadAtEnd: diverged ? null : (layer.counts.dead.at(-1) ?? null),
    everDead: countUnits([...layer.bornDead, ...layer.deaths.map(({ unit }) => unit)]),
    cameBack: countUnits(layer.revivals.map(({ unit }) => unit)),
    zeroFraction: zeroFractions[i] ?? null,
  }));
}

function countUnits(units: readonly number[]): number {
  return new Set(units).size;
}
