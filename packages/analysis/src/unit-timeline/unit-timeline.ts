import { type Dataset, ParameterError } from '@relu-lab/core';
import { refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import type { Network, Probe, RunFacts, Snapshot } from '@relu-lab/nn';
import { checkReadable, visitFiniteBatches } from '../batches.ts';
import { expectedDead } from '../expected-dead.ts';
import { scanActivations } from '../unit-scan.ts';
import { type KillingStep, deathCauses } from './death-causes.ts';
import { LayerRecord } from './layer-record.ts';
import type { UnitTimeline } from './timeline.ts';

export interface UnitTimelineOptions {
  /**
   * Steps from one check to the next; with 1 every change is known to the update. Default ⌈10 samples / batchSize⌉: a check is a
   * forward pass over the watched samples, about a third of what as many training rows cost, so that checks take some 4 % of a
   * run, and below 15 % also where units die at every check and two more passes tell why.
   */
  readonly every?: number;
}

/** A probe for `train` that gathers a {@link UnitTimeline}. */
export interface UnitTimelineProbe extends Probe {
  /** What was found so far; of the whole run once it is done. */
  result(): UnitTimeline;
}

/** Rows of the watched data for each row of a batch between two checks. */
const defaultShare = 10;

/**
 * Follows every unit of every activation layer through a training run of `network`, on all samples of a data set: before the first
 * step, after the steps that `every` picks, and after the last one. A unit is dead when its output and its slope are 0 on every sample.
 *
 * The checks run on copies of the network, in evaluation mode: training gives the same bytes with and without, and other probes
 * see their values. It keeps two bits a unit and check.
 *
 * ```ts
 * const timeline = unitTimeline(network, data);
 * await train(network, { …, probes: [timeline] });
 * timeline.result().layers[0].deaths;
 * ```
 *
 * @throws ShapeError when `data.features` is not `network.inputs`; DataError for unsound data; ParameterError for an `every` that is no
 * whole number of at least 1, a network without activation layers, and in training when the probe is used a second time, or for
 * another network.
 */
export function unitTimeline(network: Network, data: Dataset, options: UnitTimelineOptions = {}): UnitTimelineProbe {
  refuseUnknown('unitTimeline', options, ['every']);
  const { every } = options;
  if (every !== undefined && !wholeFrom(1, 1).accepts(every)) {
    throw new ParameterError(`every of unitTimeline must be a whole number of at least 1, not ${String(every)}`);
  }
  checkReadable(network, data);
  if (!network.layers.some(({ role }) => role === 'activation')) {
    throw new ParameterError(
      'The network has no activation layer, and so no units to follow; add one with activate(relu)',
    );
  }
  return new TimelineProbe(network, data, every ?? null);
}

class TimelineProbe implements UnitTimelineProbe {
  readonly name = 'unit timeline';
  readonly #network: Network;
  readonly #data: Dataset;
  #every: number | null;
  /** The network as it was at the last check, in an arena of its own. */
  #now: Network | null = null;
  /** Where the network is set back to the check before; made when the first unit dies. */
  #before: Network | null = null;
  #snapshot: Snapshot | null = null;
  #layers: readonly LayerRecord[] = [];
  readonly #steps: number[] = [];
  #notFinite: UnitTimeline['notFinite'] = null;

  constructor(network: Network, data: Dataset, every: number | null) {
    this.#network = network;
    this.#data = data;
    this.#every = every;
  }

  get every(): number {
    return this.#every ?? 1;
  }

  start(network: Network, { batchSize }: RunFacts): void {
    if (network !== this.#network) {
      throw new ParameterError(
        'This unit timeline was made for another network; make one with the network that is trained',
      );
    }
    if (this.#steps.length > 0) {
      throw new ParameterError('A unit timeline follows one run; make a new one for the next');
    }
    this.#every ??= Math.ceil((defaultShare * this.#data.rows) / batchSize);
    this.#now = network.clone();
    const predicted = expectedDead(network, this.#data);
    this.#layers = scanActivations(this.#now.layers).map(
      (scan) => new LayerRecord(scan, predicted.get(scan.layer.name) ?? null),
    );
    this.#check(0, null);
  }

  step(view: KillingStep & { readonly step: number }): void {
    this.#check(view.step, view);
  }

  finish(_network: Network, steps: number): void {
    if (this.#now && this.#steps[this.#steps.length - 1] !== steps) this.#check(steps, null);
    this.#now = this.#before = this.#snapshot = null;
  }

  result(): UnitTimeline {
    return {
      kind: 'unit-timeline',
      data: this.#data.name,
      samples: this.#data.rows,
      every: this.every,
      steps: [...this.#steps],
      layers: this.#layers.map((layer) => layer.timeline()),
      notFinite: this.#notFinite,
    };
  }

  /** Shows the network as it is after `steps` steps the watched data, and keeps what its units did. */
  #check(steps: number, view: KillingStep | null): void {
    const now = this.#now;
    if (!now || this.#notFinite) return;
    const last = this.#snapshot;
    this.#snapshot = this.#network.snapshot();
    now.restore(this.#snapshot);
    const broken = this.#look(now);
    if (broken !== null) {
      this.#notFinite = { step: steps, layer: broken };
      return;
    }
    const after = this.#steps[this.#steps.length - 1] ?? 0;
    this.#steps.push(steps);
    const dying = this.#layers
      .map((record) => ({ record, layer: record.scan.layer, units: record.keep(after, steps) }))
      .filter(({ units }) => units.length > 0);
    if (dying.length === 0 || !last) return;
    const before = (this.#before ??= now.clone());
    before.restore(last);
    const causes = deathCauses(dying, this.#data, before, now, view, steps - after === 1);
    dying.forEach(({ record, units }, i) => record.explain(units, causes[i], after, steps));
  }

  #look(now: Network): string | null {
    const scans = this.#layers.map(({ scan }) => scan);
    for (const scan of scans) scan.restart();
    return visitFiniteBatches(now, this.#data, () => {
      for (const scan of scans) scan.see(now.output(scan.layer.name), now.preActivation(scan.layer.name));
    });
  }
}
