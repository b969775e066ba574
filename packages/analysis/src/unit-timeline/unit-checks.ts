import type { Dataset } from '@relu-lab/core';
import type { Network, Snapshot } from '@relu-lab/nn';
import { expectedDead } from '../expected-dead.ts';
import { type Dying, type KillingStep, deathCauses } from './death-causes.ts';
import { LayerRecord } from './layer-record.ts';
import type { NetworkCopy } from './network-copy.ts';
import type { UnitTimeline } from './timeline.ts';

/** What a check may know beside the network that it looks at. */
export interface CheckFacts {
  /** The step that was just done; null where there is no view of it. */
  readonly view?: KillingStep | null;
  /** The network one step earlier: deaths of units that are known to have spoken in it are this step's. */
  readonly before?: NetworkCopy | null;
  /** Sees each batch of samples, from number `start` on, while its values stand in the network. */
  readonly visit?: (start: number) => void;
}

/** The checks of a run so far, each a look at all units on all samples, and what came of them. */
export class UnitChecks {
  readonly layers: readonly LayerRecord[];
  readonly #data: Dataset;
  readonly #spare: () => Network;
  readonly #steps: number[] = [];
  /** The network at the last check. */
  #snapshot: Snapshot | null = null;
  #notFinite: UnitTimeline['notFinite'] = null;

  /** @param spare - gives a network to be set back to the check before; asked for when units have died since. */
  constructor(copy: NetworkCopy, data: Dataset, spare: () => Network) {
    this.#data = data;
    this.#spare = spare;
    const predicted = expectedDead(copy.network, data);
    this.layers = copy.scans.map((scan) => new LayerRecord(scan, predicted.get(scan.layer.name) ?? null));
  }

  /** Steps done at the last check; null before the first. */
  get last(): number | null {
    return this.#steps[this.#steps.length - 1] ?? null;
  }

  /** Whether the network was no longer finite, so that nothing more can be said of its units. */
  get hasEnded(): boolean {
    return this.#notFinite !== null;
  }

  /** Shows a copy all samples, and keeps what its units did; returns how many samples were passed once more to tell why units died. */
  check(now: NetworkCopy, { view = null, before = null, visit }: CheckFacts = {}): number {
    const { step } = now;
    const broken = now.scan(this.#data, visit);
    if (broken !== null) {
      this.#notFinite = { step, layer: broken };
      return 0;
    }
    const [after, snapshot] = [this.last ?? 0, this.#snapshot];
    this.#snapshot = now.network.snapshot();
    this.#steps.push(step);
    const died = this.layers.map((layer, i) => layer.keep(now.scans[i], after, step));
    const spokeBefore = (layer: number, unit: number): boolean => before?.spoke[layer][unit] === 1;
    const inThisStep = died.map((units, layer) => units.filter((unit) => spokeBefore(layer, unit)));
    const earlier = died.map((units, layer) => units.filter((unit) => !spokeBefore(layer, unit)));
    let passed = 0;
    if (before && inThisStep.some(({ length }) => length > 0)) {
      passed += this.#explain(inThisStep, before.network, now, step - 1, view);
    }
    if (snapshot && earlier.some(({ length }) => length > 0)) {
      const spare = this.#spare();
      spare.restore(snapshot);
      passed += this.#explain(earlier, spare, now, after, view);
    }
    return passed;
  }

  result(every: number, watched: number): UnitTimeline {
    const known = this.layers.map((layer) => layer.known);
    return {
      kind: 'unit-timeline',
      data: this.#data.name,
      samples: this.#data.rows,
      every,
      steps: [...this.#steps],
      coverage: {
        checked: Math.max(this.#steps.length - 1, 0),
        watched,
        deaths: known.reduce((sum, { deaths }) => sum + deaths, 0),
        exact: known.reduce((sum, { exact }) => sum + exact, 0),
      },
      layers: this.layers.map((layer) => layer.timeline()),
      notFinite: this.#notFinite,
    };
  }

  #explain(
    died: readonly (readonly number[])[],
    before: Network,
    now: NetworkCopy,
    after: number,
    view: KillingStep | null,
  ): number {
    const dying = died.map((units, i): Dying => ({ layer: now.scans[i].layer, units }));
    const { causes, passed } = deathCauses(dying, this.#data, before, now.network, view, now.step - after === 1);
    this.layers.forEach((layer, i) => layer.explain(died[i], causes[i], after, now.step));
    return passed;
  }
}
