import type { Dataset } from '@relu-lab/core';
import type { Layer, Network, Snapshot } from '@relu-lab/nn';
import { checkReadable, visitBatches } from './batches.ts';
import { zeroRegions } from './zero-region.ts';

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
 * unsound data, and naming the layer when an output is not finite.
 */
export function deadUnits(network: Network, data: Dataset, { initial }: DeadUnitsOptions = {}): DeadUnits {
  checkReadable(network, data);
  const now = countSamples(network, data);
  const start = initial ? countSamples(initialNetwork(network, initial), data) : null;
  return {
    kind: 'dead-units',
    samples: data.rows,
    firingRateBound: 1 - 0.05 ** (1 / data.rows),
    layers: now.map(({ layer, zeroRegion, silent, everFlat }, i) => {
      const dead = deadIn(silent, data.rows);
      return {
        name: layer.name,
        units: layer.outputs,
        dead,
        alwaysOn: Array.from(everFlat.keys()).filter((unit) => zeroRegion[unit] && everFlat[unit] === 0),
        hasZeroRegion: zeroRegion.includes(true),
        fates: start ? fates(dead, deadIn(start[i].silent, data.rows)) : null,
      };
    }),
  };
}

/** What the units of one activation layer do on the samples. */
interface UnitCounts {
  readonly layer: Layer;
  readonly zeroRegion: readonly boolean[];
  /** For each unit, the number of samples with output 0 and slope 0. */
  readonly silent: Uint32Array;
  /** For each unit, 1 once there was a sample with slope 0; only kept for units with a zero region. */
  readonly everFlat: Uint8Array;
}

function countSamples(network: Network, data: Dataset): readonly UnitCounts[] {
  const found = network.layers
    .filter(({ role }) => role === 'activation')
    .map((layer) => ({
      layer,
      zeroRegion: zeroRegions(layer),
      silent: new Uint32Array(layer.outputs),
      everFlat: new Uint8Array(layer.outputs),
    }));
  visitBatches(network, data, () => found.forEach((counts) => countBatch(network, counts)));
  return found;
}

/** Asks for a slope only where the answer can change a count: slopes are called element by element, and are slow. */
function countBatch(network: Network, { layer, zeroRegion, silent, everFlat }: UnitCounts): void {
  const outputs = network.output(layer.name);
  const preActivations = network.preActivation(layer.name);
  const units = silent.length;
  for (let row = 0; row < outputs.length; row += units) {
    for (let unit = 0; unit < units; unit++) {
      const isZero = outputs[row + unit] === 0;
      if (!isZero && (everFlat[unit] === 1 || !zeroRegion[unit])) continue;
      if (layer.slopeAt?.(preActivations[row + unit], unit) !== 0) continue;
      everFlat[unit] = 1;
      if (isZero) silent[unit]++;
    }
  }
}

function initialNetwork(network: Network, initial: Snapshot): Network {
  const before = network.clone();
  before.restore(initial);
  return before;
}

function deadIn(silent: Uint32Array, samples: number): readonly number[] {
  return Array.from(silent.keys()).filter((unit) => silent[unit] === samples);
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
