import type { Dataset } from '@relu-lab/core';
import { someRows } from '../some-rows.ts';
import { coveringRows } from './covering-rows.ts';
import type { NetworkCopy } from './network-copy.ts';
import { UnitMarks } from './unit-marks.ts';

/** Whether units may have changed: one that should speak is silent, or one that was silent speaks. */
export type Alarm = 'none' | 'silent' | 'speaks';

/** What is expected of a unit on the sentinels. */
const nothing = 0;
const speech = 1;
const silence = 2;

/**
 * A few samples that stand for all: a unit that they guard speaks on one of them, and cannot have died as long as it does. They
 * are chosen among some more samples, the candidates.
 */
export class Sentinels {
  readonly #data: Dataset;
  readonly #most: number;
  readonly #wasDead: (layer: number, unit: number) => boolean;
  readonly #expected: readonly Uint8Array[];
  #candidates: Dataset;
  #few: Dataset;

  /**
   * @param most - how many sentinels there are at most.
   * @param wasDead - whether a unit was dead at the last check.
   */
  constructor(data: Dataset, most: number, { scans }: NetworkCopy, wasDead: (layer: number, unit: number) => boolean) {
    this.#data = data;
    this.#most = most;
    this.#wasDead = wasDead;
    this.#expected = scans.map(({ layer }) => new Uint8Array(layer.outputs));
    this.#candidates = this.#few = someRows(data, []);
  }

  /** Samples that {@link look} passes: 0 where no unit can be silent. */
  get count(): number {
    return this.#few.rows;
  }

  /** Samples that {@link lookCloser} passes. */
  get candidates(): number {
    return this.#candidates.rows;
  }

  /** Takes new candidates, and chooses among them by what the units of `copy` do on them. */
  appoint(copy: NetworkCopy, candidates: readonly number[]): void {
    this.#candidates = this.#few = someRows(this.#data, candidates);
    for (const units of this.#expected) units.fill(nothing);
    if (candidates.length > 0) this.lookCloser(copy);
  }

  /** Shows the sentinels to a copy. */
  look(copy: NetworkCopy): Alarm {
    copy.listen(this.#few);
    return this.#alarm(copy);
  }

  /** Shows all candidates to a copy; where that ends the alarm, sentinels are chosen anew. */
  lookCloser(copy: NetworkCopy): Alarm {
    copy.listen(this.#candidates);
    const alarm = this.#alarm(copy);
    if (alarm === 'none') this.#choose(copy);
    return alarm;
  }

  #alarm({ spoke }: NetworkCopy): Alarm {
    let alarm: Alarm = 'none';
    this.#expected.forEach((expected, i) => {
      for (let unit = 0; unit < expected.length; unit++) {
        if (expected[unit] === silence && spoke[i][unit] === 1) alarm = 'speaks';
        if (expected[unit] === speech && spoke[i][unit] === 0 && alarm === 'none') alarm = 'silent';
      }
    });
    return alarm;
  }

  /** Chooses by the values of the candidates, which stand in the network of `copy`. */
  #choose({ network, scans }: NetworkCopy): void {
    const { rows } = this.#candidates;
    const marks = scans.map((scan) => new UnitMarks(scan, network, rows));
    const few = coveringRows(marks, rows, this.#most);
    this.#expected.forEach((expected, i) => {
      for (let unit = 0; unit < expected.length; unit++) {
        if (few.some((row) => marks[i].speaks(row, unit))) expected[unit] = speech;
        else expected[unit] = this.#wasDead(i, unit) ? silence : nothing;
      }
    });
    this.#few = someRows(this.#candidates, few);
  }
}
