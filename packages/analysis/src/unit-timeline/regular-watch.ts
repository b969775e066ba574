import type { Dataset } from '@relu-lab/core';
import type { Network } from '@relu-lab/nn';
import { NetworkCopy } from './network-copy.ts';
import type { UnitTimeline } from './timeline.ts';
import { UnitChecks } from './unit-checks.ts';
import type { Watch, WatchedStep } from './watch.ts';

/** Looks at all samples before the first step, after every step that it is shown, and after the last one. */
export class RegularWatch implements Watch {
  readonly #network: Network;
  readonly #every: number;
  readonly #now: NetworkCopy;
  readonly #checks: UnitChecks;
  /** Where the network is set back to the check before; made when the first unit dies. */
  #before: Network | null = null;

  constructor(network: Network, data: Dataset, every: number) {
    this.#network = network;
    this.#every = every;
    this.#now = new NetworkCopy(network);
    this.#checks = new UnitChecks(this.#now, data, () => (this.#before ??= network.clone()));
    this.#checks.check(this.#now);
  }

  step(view: WatchedStep): void {
    this.#check(view.step, view);
  }

  finish(steps: number): void {
    if (this.#checks.last !== steps) this.#check(steps, null);
  }

  result(): UnitTimeline {
    return this.#checks.result(this.#every, 0);
  }

  #check(step: number, view: WatchedStep | null): void {
    if (this.#checks.hasEnded) return;
    this.#now.take(this.#network, step);
    this.#checks.check(this.#now, { view });
  }
}
