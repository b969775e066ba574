import { type LayerSparsity, sparsity } from '@relu-lab/analysis';
import { type Dataset, random, relu, takeRows } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { type Network, mlp } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';
import { batchNormZeroFraction } from '@relu-lab/theory';
import { type Likeness, deviationOverSamples, deviationOverUnits, likeness, unitsBetween } from './spread.ts';

/** A ReLU network that has just been drawn, and what moves its pre-activations. */
export interface StartCondition {
  /** `bias`: constant biases of that size; `batch-norm`: β of that size after normalisation with the statistics of the digits. */
  readonly way: 'bias' | 'batch-norm';
  readonly shift: number;
  readonly hidden: readonly number[];
  /** Test digits: the first ones. */
  readonly digits: number;
}

/** Bins of the share of digits on which a unit is 0. */
const bins = 10;

/** What “about half of the digits” means of a unit. */
export const aboutHalf = [0.4, 0.6] as const;

let mnist: ReturnType<typeof loadMnist> | undefined;

/**
 * Draws a ReLU network with He initialisation and counts its zeros on real digits, beside what theory expects.
 *
 * Rows: one of kind `start` a hidden layer; without a shift also the spread over units and samples (kind `spread`), and the units whose share of
 * zeros lies in each bin (kind `bin`).
 */
export async function lookAtTheStart(condition: StartCondition, seed: number): Promise<readonly Row[]> {
  mnist ??= loadMnist();
  const data = takeRows((await mnist).test, condition.digits);
  const network = drawn(condition, data.features, seed);
  const rows =
    condition.way === 'batch-norm'
      ? normalisedRows(network, data, condition.shift)
      : biasedRows(network, data, condition);
  return rows.map((row) => ({ way: condition.way, shift: condition.shift, seed, ...row }));
}

function drawn({ way, shift, hidden }: StartCondition, inputs: number, seed: number): Network {
  return mlp({
    inputs,
    hidden,
    outputs: 10,
    activation: relu,
    ...(way === 'batch-norm' ? { normalization: 'batch' as const } : { bias: shift }),
    seed: random(seed)
      .stream('network')
      .integer(2 ** 31),
  });
}

/** With the statistics of the digits themselves, as in a training step: those of evaluation are not learnt yet. */
function normalisedRows(network: Network, data: Dataset, beta: number): readonly Row[] {
  for (const { name, role, length } of network.parameters) {
    if (role === 'shift') network.setParameter(name, new Float32Array(length).fill(beta));
  }
  network.forward(data.inputs, { mode: 'training', updateStatistics: false });
  return activationLayers(network).map(({ name }, i) => ({
    kind: 'start',
    layer: i + 1,
    zeroFraction: shareOf(network.output(name), (output) => output === 0),
    expected: batchNormZeroFraction(relu, { gamma: 1, beta }),
  }));
}

function biasedRows(network: Network, data: Dataset, { shift, hidden }: StartCondition): readonly Row[] {
  const layers = sparsity(network, data).layers;
  network.forward(data.inputs);
  const starts = layers.map(({ name, zeroFraction, predicted }, i) => ({
    kind: 'start',
    layer: i + 1,
    zeroFraction,
    expected: predicted?.zeroFraction ?? null,
    activeWithoutReason: activeWithoutReason(network, name),
  }));
  if (shift !== 0) return starts;
  const alike = likeness(data, hidden.length);
  return [...starts, ...layers.flatMap((layer, i) => spreadRows(layer, i + 1, alike))];
}

/** Share of elements that are active (not 0) though x ≤ 0, or 0 though x > 0. */
function activeWithoutReason(network: Network, name: string): number {
  const [inputs, outputs] = [network.preActivation(name), network.output(name)];
  return shareOf(outputs, (output, i) => (output !== 0) !== inputs[i] > 0);
}

function spreadRows(layer: LayerSparsity, number: number, alike: Likeness): readonly Row[] {
  const { unitZeroFractions, sampleZeroFractions, unitSpread, units } = layer;
  const [low, high] = aboutHalf;
  const within = (from: number, to: number) => shareOf(unitZeroFractions, (share) => share >= from && share < to);
  return [
    {
      kind: 'spread',
      layer: number,
      unitDeviation: unitSpread.deviation,
      expectedUnitDeviation: deviationOverUnits(alike, number),
      sampleDeviation: deviationOf(sampleZeroFractions),
      expectedSampleDeviation: deviationOverSamples(alike, number, units),
      aboutHalf: within(low, high),
      expectedAboutHalf: unitsBetween(alike, number, low, high),
    },
    ...Array.from({ length: bins }, (_, bin) => {
      const [from, to] = [bin / bins, (bin + 1) / bins];
      const measured = within(from, bin === bins - 1 ? Infinity : to);
      return { kind: 'bin', layer: number, from, to, units: measured, expected: unitsBetween(alike, number, from, to) };
    }),
  ];
}

function activationLayers(network: Network) {
  return network.layers.filter(({ role }) => role === 'activation');
}

function shareOf(values: ArrayLike<number>, isMeant: (value: number, i: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (isMeant(values[i], i)) count++;
  return count / values.length;
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
