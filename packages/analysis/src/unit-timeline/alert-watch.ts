import type { Dataset } from '@relu-lab/core';
import type { Network, RunFacts } from '@relu-lab/nn';
import { NetworkCopy } from './network-copy.ts';
import { RowBudget } from './row-budget.ts';
import { Sentinels } from './sentinels.ts';
import type { UnitTimeline } from './timeline.ts';
import { UnitChecks } from './unit-checks.ts';
import { UnitSurvey } from './unit-survey.ts';
import type { Watch, WatchedStep } from './watch.ts';

/** Samples for each row of a batch from a check to the next that needs no alarm. */
const checkShare = 40;

/** A pass of four samples costs no more than one of a single sample. */
const sentinelsAtOnce = 4;

/** Part of the budget that sentinels may take, where they are more than four. */
const sentinelShare = 0.5;

/** Samples among which sentinels are chosen: one batch. */
const mostCandidates = 64;

/** What a look costs at least, in samples: to copy the parameters and to read all weights takes as long as some samples do. */
const leastLook = 16;

/** Samples that watching may pass for each row of a batch: 5 % of training, where a row goes forward and backward as dear as three. */
const budgetShare = 0.05 * 3;

/** Multiplications that watching may take in any run, however short: some hundredths of a second. */
const leastMultiplications = 1e8;

/**
 * Looks at all samples after each step at which units may have changed: a few of them, the sentinels, tell so after every step. A
 * budget keeps that cheap; when it is spent, all samples are still looked at from time to time.
 */
export class AlertWatch implements Watch {
  readonly every: number;
  readonly #network: Network;
  readonly #data: Dataset;
  readonly #steps: number;
  readonly #checks: UnitChecks;
  readonly #survey: UnitSurvey;
  readonly #sentinels: Sentinels;
  readonly #budget: RowBudget;
  /** What a look may cost: sentinels, candidates before and after, all samples, and these twice more for the causes. */
  readonly #dearestLook: number;
  /** The network as it was last looked at, and the time before: the two take turns. */
  #now: NetworkCopy;
  #before: NetworkCopy;
  #watched = 0;

  constructor(network: Network, data: Dataset, { batchSize, steps }: RunFacts) {
    this.every = Math.ceil((checkShare * data.rows) / batchSize);
    this.#network = network;
    this.#data = data;
    this.#steps = steps;
    this.#now = new NetworkCopy(network);
    this.#before = new NetworkCopy(network);
    this.#checks = new UnitChecks(this.#now, data, () => this.#before.network);
    this.#survey = new UnitSurvey(this.#now);
    const perStep = budgetShare * batchSize;
    const least = leastMultiplications / network.parameterCount;
    const affordable = (sentinelShare * Math.max(least, perStep * steps)) / steps;
    const fours = Math.max(1, Math.floor(affordable / sentinelsAtOnce));
    const sentinels = Math.min(fours * sentinelsAtOnce, mostCandidates);
    this.#sentinels = new Sentinels(data, sentinels, this.#now, (layer, unit) =>
      this.#checks.layers[layer].isDead(unit),
    );
    this.#budget = new RowBudget({ perStep, steps, least });
    this.#dearestLook = Math.max(sentinels, leastLook) + 2 * mostCandidates + 3 * data.rows;
    this.#check(null);
  }

  step(view: WatchedStep): void {
    if (this.#checks.hasEnded) return;
    const { step } = view;
    const isDue = step - (this.#checks.last ?? 0) >= this.every || step === this.#steps;
    const isWatched = this.#sentinels.count > 0 && this.#budget.covers(this.#dearestLook, step);
    if (!isDue && !isWatched) return;
    [this.#now, this.#before] = [this.#before, this.#now];
    this.#now.take(this.#network, step);
    if (isDue || this.#isAlarmed()) this.#check(view);
    else this.#watched++;
  }

  finish(steps: number): void {
    if (this.#checks.hasEnded || this.#checks.last === steps) return;
    this.#now.take(this.#network, steps);
    this.#check(null);
  }

  result(): UnitTimeline {
    return this.#checks.result(this.every, this.#watched);
  }

  /** Whether units may have changed, by the sentinels, and where these say so by all candidates. */
  #isAlarmed(): boolean {
    const sentinels = this.#sentinels;
    this.#budget.spend(Math.max(sentinels.count, leastLook));
    let alarm = sentinels.look(this.#now);
    if (alarm === 'silent') {
      this.#budget.spend(sentinels.candidates);
      alarm = sentinels.lookCloser(this.#now);
    }
    // What a check costs; the regular ones are not of this budget.
    if (alarm !== 'none') this.#budget.spend(this.#data.rows);
    return alarm !== 'none';
  }

  #check(view: WatchedStep | null): void {
    const [now, survey] = [this.#now, this.#survey];
    const before = view && this.#before.step === view.step - 1 ? this.#before : null;
    survey.restart();
    const visit = (start: number): void => survey.see(now, start);
    this.#budget.spend(this.#checks.check(now, { view, before, visit }));
    if (this.#checks.hasEnded) return;
    this.#sentinels.appoint(now, survey.candidates(now, mostCandidates));
    this.#budget.spend(this.#sentinels.candidates);
  }
}
