import type { Activation, Dataset, ElementwiseActivation } from '@relu-lab/core';
import type { Layer, Network, Snapshot } from '@relu-lab/nn';
import { checkReadable, visitBatches } from './batches.ts';

/** What became of the units since the network was initialised. */
export interface UnitFates {
  /** Dead before the first step, whatever became of them. */
  readonly bornDead: readonly number[];
  /** Alive at the start, dead now. */
  readonly died: readonly number[];
  /** Dead at the start, alive now. */
  readonly revived: readonly number[];
}

/** Dead and always-on units of one activation layer. */
export interface LayerDeadUnits {
  readonly name: string;
  readonly units: number;
  /** Indices of units with output 0 and derivative 0 on every sample. */
  readonly dead: readonly number[];
  /** Indices of units that are in the zero region on no sample; empty where the activation has no such region. */
  readonly alwaysOn: readonly number[];
  /** Whether the activation is constant 0 on an interval, as ReLU is: without one a unit dies at most by underflow. */
  readonly hasZeroRegion: boolean;
  /** Since initialisation; null without a snapshot of it. */
  readonly fates: UnitFates | null;
}

/** Dead units of every activation layer over a data set. */
export interface DeadUnits {
  readonly kind: 'dead-units';
  readonly samples: number;
  /**
   * A unit that is silent on all of m samples has a firing rate below this at 95 % confidence: 1 − 0.05^(1/m), about 3/m.
   */
  readonly firingRateBound: number;
  readonly layers: readonly LayerDeadUnits[];
}

export interface DeadUnitsOptions {
  /** Snapshot of the network at initialisation, to tell born dead, died and revived. */
  readonly initial?: Snapshot;
}

/**
 * Units with zero output and zero derivative on every sample of a data set, and units that are never in that zero region,
 * by activation layer, in evaluation mode. Dead is a property of a unit over all samples; sparsity is not death.
 *
 * @throws ShapeError when `data.features` is not `network.inputs`, or the snapshot is of another shape; DataError for
 * unsound data.
 */
export function deadUnits(network: Network, data: Dataset, { initial }: DeadUnitsOptions = {}): DeadUnits {
  checkReadable(network, data);
  const now = silentCounts(network, data);
  const start = initial ? silentCounts(initialNetwork(network, initial), data) : null;
  return {
    kind: 'dead-units',
    samples: data.rows,
    firingRateBound: 1 - 0.05 ** (1 / data.rows),
    layers: now.map(({ layer, counts }, i) => {
      const dead = unitsWith(counts, data.rows);
      const hasZeroRegion = zeroRegionExists(layer.activation);
      return {
        name: layer.name,
        units: layer.outputs,
        dead,
        alwaysOn: hasZeroRegion ? unitsWith(counts, 0) : [],
        hasZeroRegion,
        fates: start ? fates(dead, unitsWith(start[i].counts, data.rows)) : null,
      };
    }),
  };
}

interface SilentCounts {
  readonly layer: Layer;
  /** For each unit, the number of samples with zero output and zero derivative. */
  readonly counts: Uint32Array;
}

function silentCounts(network: Network, data: Dataset): readonly SilentCounts[] {
  const found = network.layers
    .filter(({ role }) => role === 'activation')
    .map((layer) => ({ layer, counts: new Uint32Array(layer.outputs) }));
  visitBatches(network, data, () => {
    for (const { layer, counts } of found) countSilent(network, layer, counts);
  });
  return found;
}

function countSilent(network: Network, layer: Layer, counts: Uint32Array): void {
  if (layer.kind === 'maxout') return;
  const outputs = network.output(layer.name);
  const preActivations = network.preActivation(layer.name);
  for (let i = 0; i < outputs.length; i++) {
    if (outputs[i] !== 0) continue;
    const unit = i % counts.length;
    if (layer.slopeAt?.(preActivations[i], unit) === 0) counts[unit]++;
  }
}

function initialNetwork(network: Network, initial: Snapshot): Network {
  const before = network.clone();
  before.restore(initial);
  return before;
}

function unitsWith(counts: Uint32Array, count: number): readonly number[] {
  return Array.from(counts.keys()).filter((unit) => counts[unit] === count);
}

function fates(dead: readonly number[], bornDead: readonly number[]): UnitFates {
  const deadNow = new Set(dead);
  const deadThen = new Set(bornDead);
  return {
    bornDead,
    died: dead.filter((unit) => !deadThen.has(unit)),
    revived: bornDead.filter((unit) => !deadNow.has(unit)),
  };
}

/**
 * Whether φ is 0 on a whole interval. That can only lie between kinks (or before the first, or after the last one): a smooth φ
 * that vanished on an interval would vanish for good.
 */
function zeroRegionExists(activation: Activation | undefined): boolean {
  if (activation?.kind !== 'elementwise' || activation.name === 'prelu') return false;
  const { kinks } = activation;
  const bounds = [kinks[0] - 1, ...kinks, kinks[kinks.length - 1] + 1];
  return kinks.length > 0 && bounds.slice(1).some((to, i) => vanishesBetween(activation, bounds[i], to));
}

function vanishesBetween(activation: ElementwiseActivation, from: number, to: number): boolean {
  return [0.25, 0.5, 0.75].every((share) => {
    const x = from + share * (to - from);
    return activation.value(x) === 0 && activation.derivative(x) === 0;
  });
}
