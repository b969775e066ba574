import type { Network } from '@relu-lab/nn';
import type { UnitScan } from '../unit-scan.ts';

/** A sample shows a unit clearly when its output is at least this share of the largest one. */
const clearShare = 0.5;

/** What a unit that speaks is worth at least, beside 1 for a silent one: deaths matter more than revivals. */
const leastForSpeech = 3;

/** By which of some samples one would see that a unit of a layer has changed. */
export class UnitMarks {
  readonly units: number;
  /** What a sample is worth that shows the unit: the more, the fewer show it, as such units die first; 0 for one that cannot be silent. */
  readonly worth: Uint8Array;
  /** Rows × units: 1 where the unit shows clearly; one that is silent on all samples, where its pre-activation is nearest to 0. */
  readonly clear: Uint8Array;
  readonly #outputs: ArrayLike<number>;

  /** Reads the values of the network's last pass, of `rows` samples, which must stand as long as this is asked. */
  constructor(scan: UnitScan, network: Network, rows: number) {
    const { name, outputs: units } = scan.layer;
    const largest = new Float64Array(units);
    const nearest = new Int32Array(units);
    this.units = units;
    this.worth = Uint8Array.from({ length: units }, (_, unit) => (scan.canBeSilent(unit) ? 1 : 0));
    this.clear = new Uint8Array(rows * units);
    const outputs = (this.#outputs = network.output(name));
    if (!scan.hasZeroRegion) return;
    const preActivations = network.preActivation(name);
    for (let row = 0, at = 0; row < rows; row++) {
      for (let unit = 0; unit < units; unit++, at++) {
        largest[unit] = Math.max(largest[unit], Math.abs(outputs[at]));
        const best = nearest[unit] * units + unit;
        if (Math.abs(preActivations[at]) < Math.abs(preActivations[best])) nearest[unit] = row;
      }
    }
    const times = new Int32Array(units);
    for (let row = 0, at = 0; row < rows; row++) {
      for (let unit = 0; unit < units; unit++, at++) {
        if (largest[unit] === 0 || Math.abs(outputs[at]) < clearShare * largest[unit]) continue;
        this.clear[at] = 1;
        times[unit]++;
      }
    }
    for (let unit = 0; unit < units; unit++) {
      if (times[unit] > 0) this.worth[unit] *= Math.max(leastForSpeech, Math.round(rows / times[unit]));
      else this.clear[nearest[unit] * units + unit] = 1;
    }
  }

  /** Whether the unit can be silent, and has an output on the sample. */
  speaks(row: number, unit: number): boolean {
    return this.worth[unit] > 0 && this.#outputs[row * this.units + unit] !== 0;
  }
}
