import type { Dataset } from '@relu-lab/core';
import type { Network } from '@relu-lab/nn';
import { visitFiniteBatches } from '../batches.ts';
import { type UnitScan, scanActivations, speaks } from '../unit-scan.ts';

/** A copy of a network as it was after some step, and what is known of its units there. */
export class NetworkCopy {
  readonly network: Network;
  readonly scans: readonly UnitScan[];
  /** By activation layer and unit: 1 where the unit has spoken on a sample that this copy was shown. */
  readonly spoke: readonly Uint8Array[];
  /** Steps done when the copy was taken. */
  step = 0;

  constructor(network: Network) {
    this.network = network.clone();
    this.scans = scanActivations(this.network.layers);
    this.spoke = this.scans.map(({ layer }) => new Uint8Array(layer.outputs));
  }

  /** Takes over parameters and running statistics as they are after `step` steps; allocates no arrays. */
  take({ arena: { values }, block, statistics }: Network, step: number): void {
    const own = this.network;
    own.arena.write(own.block.parameters, values.subarray(block.parameters, block.parameters + block.length));
    own.arena.write(own.statistics.offset, values.subarray(statistics.offset, statistics.offset + statistics.length));
    for (const units of this.spoke) units.fill(0);
    this.step = step;
  }

  /** Shows all samples to the scans, and each batch to `visit`; returns the layer that is not finite on them, or null. */
  scan(data: Dataset, visit?: (start: number) => void): string | null {
    const { network, scans, spoke } = this;
    for (const scan of scans) scan.restart();
    let start = 0;
    const broken = visitFiniteBatches(network, data, (rows) => {
      for (const scan of scans) scan.see(network.output(scan.layer.name), network.preActivation(scan.layer.name));
      visit?.(start);
      start += rows;
    });
    scans.forEach((scan, i) => spoke[i].set(scan.spoke));
    return broken;
  }

  /** Passes some samples, of one batch, and notes which units speak on them. */
  listen({ inputs }: Dataset): void {
    this.network.forward(inputs);
    for (let i = 0; i < this.scans.length; i++) this.#listen(i);
  }

  #listen(i: number): void {
    const { layer, hasZeroRegion } = this.scans[i];
    if (!hasZeroRegion) return;
    const spoke = this.spoke[i];
    const outputs = this.network.output(layer.name);
    const preActivations = this.network.preActivation(layer.name);
    for (let row = 0; row < outputs.length; row += spoke.length) {
      for (let unit = 0; unit < spoke.length; unit++) {
        if (spoke[unit] === 0 && speaks(layer, unit, outputs[row + unit], preActivations[row + unit])) spoke[unit] = 1;
      }
    }
  }
}
