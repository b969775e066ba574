import { type Dataset, power } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import type { Network, Snapshot } from '@relu-lab/nn';
import { checkReadable, visitBatches } from './batches.ts';
import { type ExpectedDead, expectedDead } from './expected-dead.ts';
import { type UnitScan, scanActivations } from './unit-scan.ts';

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
  /**
   * Indices of units that have a zero region and a slope other than 0 on every sample: a ReLU unit among them is linear on the
   * data. The flat above ReLU6 is no zero region, but no slope either: a unit that reaches it is not always on.
   */
  readonly alwaysOn: readonly number[];
  /**
   * Whether some unit is constant 0 on an interval, as ReLU is: without one a unit dies at most by underflow. PReLU has it
   * where a slope is exactly 0.
   */
  readonly hasZeroRegion: boolean;
  /** Since initialisation; null without a snapshot of it. */
  readonly fates: UnitFates | null;
  /**
   * Shares of dead and always-on units that theory expects at initialisation for data so correlated: of ReLU layers that form a chain with
   * dense layers without bias, if the weights are fresh draws and the layers wide; null elsewhere, as after training of biases, and in layers
   * in which the correlations of pairs of samples have a standard deviation of more than a fifth of 1 − their mean, as on points of a plane.
   */
  readonly predicted: ExpectedDead | null;
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
 * Units with zero output and zero derivative on every sample of a data set, and units with a slope on every sample, by
 * activation layer, in evaluation mode. Dead is a property of a unit over all samples; sparsity is not death.
 *
 * @throws ShapeError when `data.features` is not `network.inputs`, or the snapshot is of another network; DataError for
 * unsound data, and naming the layer when an output is not finite; ParameterError for an option that there is not.
 */
export function deadUnits(network: Network, data: Dataset, options: DeadUnitsOptions = {}): DeadUnits {
  refuseUnknown('deadUnits', options, ['initial']);
  const { initial } = options;
  checkReadable(network, data);
  const now = scan(network, data);
  const start = initial ? scan(initialNetwork(network, initial), data) : null;
  const predicted = expectedDead(network, data);
  return {
    kind: 'dead-units',
    samples: data.rows,
    firingRateBound: 1 - power(0.05, 1 / data.rows),
    layers: now.map((found, i) => {
      const { layer } = found;
      const dead = unitsOf(found).filter((unit) => found.isDead(unit));
      return {
        name: layer.name,
        units: layer.outputs,
        dead,
        alwaysOn: unitsOf(found).filter((unit) => found.isAlwaysOn(unit)),
        hasZeroRegion: found.hasZeroRegion,
        fates: start ? fates(found, start[i]) : null,
        predicted: predicted.get(layer.name) ?? null,
      };
    }),
  };
}

function scan(network: Network, data: Dataset): readonly UnitScan[] {
  const scans = scanActivations(network.layers);
  visitBatches(network, data, () => {
    for (const found of scans) found.see(network.output(found.layer.name), network.preActivation(found.layer.name));
  });
  return scans;
}

function initialNetwork(network: Network, initial: Snapshot): Network {
  const before = network.clone();
  before.restore(initial);
  return before;
}

function unitsOf({ layer }: UnitScan): readonly number[] {
  return Array.from({ length: layer.outputs }, (_, unit) => unit);
}

function fates(now: UnitScan, start: UnitScan): UnitFates {
  const units = unitsOf(now);
  return {
    bornDead: units.filter((unit) => start.isDead(unit)),
    died: units.filter((unit) => now.isDead(unit) && !start.isDead(unit)),
    revived: units.filter((unit) => start.isDead(unit) && !now.isDead(unit)),
  };
}
