import type { Layer, Values } from '@relu-lab/nn';
import { zeroRegions } from './zero-region.ts';

/**
 * Which units of one activation layer speak, and which are flat, somewhere on the samples that it is shown. A unit is done with
 * as soon as nothing can change its answer any more, mostly after a few samples: the scan costs little beside the pass.
 */
export class UnitScan {
  readonly layer: Layer;
  /** For each unit, 1 once there was a sample with an output or a slope other than 0. */
  readonly spoke: Uint8Array;
  /** For each unit with a zero region, 1 once there was a sample with slope 0. */
  readonly flat: Uint8Array;
  #zeroRegion: readonly boolean[];
  /** Units that are not done with, the first `#open` entries. */
  readonly #units: Int32Array;
  #open = 0;

  constructor(layer: Layer) {
    this.layer = layer;
    this.spoke = new Uint8Array(layer.outputs);
    this.flat = new Uint8Array(layer.outputs);
    this.#units = new Int32Array(layer.outputs);
    this.#zeroRegion = [];
    this.restart();
  }

  get hasZeroRegion(): boolean {
    return this.#zeroRegion.includes(true);
  }

  /** Forgets all samples, and asks anew which units have a zero region: learned slopes move. */
  restart(): void {
    this.#zeroRegion = zeroRegions(this.layer);
    this.spoke.fill(0);
    this.flat.fill(0);
    this.#units.forEach((_, unit) => (this.#units[unit] = unit));
    this.#open = this.#units.length;
  }

  /** Shows the layer's values on some samples (rows × units each; maxout has more pre-activations, and needs none). */
  see(outputs: Values, preActivations: Values): void {
    const width = this.#units.length;
    for (let row = 0; row < outputs.length && this.#open > 0; row += width) {
      let kept = 0;
      for (let i = 0; i < this.#open; i++) {
        const unit = this.#units[i];
        if (!this.#settle(unit, outputs[row + unit], preActivations[row + unit])) this.#units[kept++] = unit;
      }
      this.#open = kept;
    }
  }

  /** Takes in one value of a unit; whether no further sample can change what is known of it. */
  #settle(unit: number, output: number, preActivation: number): boolean {
    const isZero = output === 0;
    if (!isZero) this.spoke[unit] = 1;
    if (isZero || (this.#zeroRegion[unit] && this.flat[unit] === 0)) {
      if (this.layer.slopeAt?.(preActivation, unit) === 0) this.flat[unit] = 1;
      else this.spoke[unit] = 1;
    }
    return this.spoke[unit] === 1 && (this.flat[unit] === 1 || !this.#zeroRegion[unit]);
  }

  /** Whether a unit can be silent: whether it had a zero region at the last {@link restart}. */
  canBeSilent(unit: number): boolean {
    return this.#zeroRegion[unit];
  }

  /** Whether a unit's output and slope were 0 on every sample. */
  isDead(unit: number): boolean {
    return this.spoke[unit] === 0;
  }

  /** Whether a unit has a zero region and had a slope on every sample. */
  isAlwaysOn(unit: number): boolean {
    return this.#zeroRegion[unit] && this.flat[unit] === 0;
  }
}

/** Whether a unit of an activation layer speaks on a sample: its output or its slope is not 0. */
export function speaks(layer: Layer, unit: number, output: number, preActivation: number): boolean {
  return output !== 0 || layer.slopeAt?.(preActivation, unit) !== 0;
}

/** A scan of every activation layer. */
export function scanActivations(layers: readonly Layer[]): readonly UnitScan[] {
  return layers.filter(({ role }) => role === 'activation').map((layer) => new UnitScan(layer));
}
