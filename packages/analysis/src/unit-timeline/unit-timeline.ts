import { type Dataset, ParameterError } from '@relu-lab/core';
import { refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import type { Network, Probe, RunFacts } from '@relu-lab/nn';
import { checkReadable } from '../batches.ts';
import { AlertWatch } from './alert-watch.ts';
import { RegularWatch } from './regular-watch.ts';
import type { UnitTimeline } from './timeline.ts';
import type { Watch, WatchedStep } from './watch.ts';

export interface UnitTimelineOptions {
  /**
   * Steps from one check to the next; with 1 every change of every unit is known to the step, at the price of a pass over all watched
   * samples a step. Default: a few samples after each step that a budget pays for, and all of them where these say that units may have changed, at the
   * latest after ⌈40 samples / batchSize⌉ steps. Samples that this passes are counted, and are kept to some 6 % of what training passes.
   */
  readonly every?: number;
}

/** A probe for `train` that gathers a {@link UnitTimeline}. */
export interface UnitTimelineProbe extends Probe {
  /** What was found so far; of the whole run once it is done. */
  result(): UnitTimeline;
}

/**
 * Follows every unit of every activation layer through a training run of `network`, on all samples of a data set: a check before the first
 * step, checks on the way (see `every`), and one after the last step. A unit is dead when its output and its slope are 0 on every sample.
 *
 * By default a budget decides how closely it looks: where few units die, their deaths are known to the update that killed; where many
 * do, it is soon spent, and the others have the window in which they happened. `coverage` of the result says how much is known how well. Same seed, same checks: nothing goes by the clock.
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
  /** It keeps copies of its own. */
  readonly updates = false;
  /** Without an `every` that was asked for the probe looks at each step, and decides there how closely. */
  readonly every: number;
  readonly #network: Network;
  readonly #data: Dataset;
  readonly #asked: number | null;
  #watch: Watch | null = null;
  #found: UnitTimeline;

  constructor(network: Network, data: Dataset, every: number | null) {
    this.#network = network;
    this.#data = data;
    this.#asked = every;
    this.every = every ?? 1;
    this.#found = {
      kind: 'unit-timeline',
      data: data.name,
      samples: data.rows,
      every: this.every,
      steps: [],
      coverage: { checked: 0, watched: 0, deaths: 0, exact: 0 },
      layers: [],
      notFinite: null,
    };
  }

  start(network: Network, run: RunFacts): void {
    if (network !== this.#network) {
      throw new ParameterError(
        'This unit timeline was made for another network; make one with the network that is trained',
      );
    }
    if (this.#watch || this.#found.steps.length > 0)
      throw new ParameterError('A unit timeline follows one run; make a new one for the next');
    this.#watch =
      this.#asked === null
        ? new AlertWatch(network, this.#data, run)
        : new RegularWatch(network, this.#data, this.#asked);
  }

  step(view: WatchedStep): void {
    this.#watch?.step(view);
  }

  finish(_network: Network, steps: number): void {
    if (!this.#watch) return;
    this.#watch.finish(steps);
    this.#found = this.#watch.result();
    // Its copies of the network are as large as the network.
    this.#watch = null;
  }

  result(): UnitTimeline {
    return this.#watch?.result() ?? this.#found;
  }
}
