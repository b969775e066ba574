import { DataError, ParameterError } from '@relu-lab/core';
import { readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';
import { type Network, type Probe, type RunFacts, type StepView, checkNetwork } from '@relu-lab/nn';
import { countRegions } from './count-regions.ts';
import type { Line } from './line.ts';
import { linearProgram } from './linear-program.ts';
import type { Plane } from './plane-window.ts';
import { type PredictedRegions, predictedRegions } from './predicted-regions.ts';
import { type WindowInput, readWindow } from './window-input.ts';

export interface RegionCountsOptions {
  /** Steps from one count to the next. Default: a twentieth of the run. */
  readonly every?: number;
  /** More cells than this are refused. */
  readonly maxCells?: number;
}

/** The number of linear regions in a window through a training run. */
export interface RegionCountsDuringTraining {
  readonly kind: 'region-counts-during-training';
  readonly input: WindowInput;
  /** Steps done at each count: 0, the steps that `every` picks, and the last one. */
  readonly steps: readonly number[];
  /** Linear regions. */
  readonly counts: readonly number[];
  /** Activation patterns. */
  readonly cells: readonly number[];
  /** The step at which a parameter (or an output) was not finite, and counting ended; null in a run that did not diverge. */
  readonly notFinite: number | null;
  readonly predicted: PredictedRegions;
}

/** A probe for `train` that gathers {@link RegionCountsDuringTraining}. */
export interface RegionCountsProbe extends Probe {
  /** What was counted so far. */
  result(): RegionCountsDuringTraining;
}

/**
 * Counts the linear regions on a line or in a window of a plane before the first step, after the steps that `every` picks, and after
 * the last one. It reads parameters only: it changes nothing in the run, and other probes see their values.
 *
 * ```ts
 * const regions = regionCountsDuringTraining(network, { uRange: [-2, 2], vRange: [-1, 2] }, { every: 50 });
 * await train(network, { …, probes: [regions] });
 * regions.result().counts;
 * ```
 *
 * @throws ParameterError for an `every` or `maxCells` that is not acceptable, and for a network with layers that are not piecewise
 *   linear; in training when the probe is used a second time or for another network; else as {@link linearRegionsOnLine} and
 *   {@link linearRegionsOnPlane}.
 */
export function regionCountsDuringTraining(
  network: Network,
  input: Line | Plane,
  options: RegionCountsOptions = {},
): RegionCountsProbe {
  checkNetwork(network);
  const owner = 'regionCountsDuringTraining';
  refuseUnknown(owner, options, ['every', 'maxCells']);
  const { every, ...limit } = options;
  if (every !== undefined) readOptions(owner, { every }, { every: wholeFrom(1, 1) });
  const window = readWindow(owner, input, network.inputs);
  const predicted = predictedRegions(linearProgram(network), window.kind === 'line' ? 1 : 2);
  return new CountingProbe(network, window, every ?? null, limit, predicted);
}

/** Steps between counts when nobody asks for a number: the run divided by this. */
const usualLooks = 20;

class CountingProbe implements RegionCountsProbe {
  readonly name = 'region counts';
  readonly #network: Network;
  readonly #window: WindowInput;
  readonly #limit: { readonly maxCells?: number };
  #every: number | null;
  readonly #steps: number[] = [];
  readonly #counts: number[] = [];
  readonly #cells: number[] = [];
  readonly #predicted: PredictedRegions;
  #notFinite: number | null = null;

  constructor(
    network: Network,
    window: WindowInput,
    every: number | null,
    limit: { readonly maxCells?: number },
    predicted: PredictedRegions,
  ) {
    this.#predicted = predicted;
    this.#network = network;
    this.#window = window;
    this.#every = every;
    this.#limit = limit;
  }

  get every(): number {
    return this.#every ?? 1;
  }

  start(network: Network, { steps }: RunFacts): void {
    if (network !== this.#network) {
      throw new ParameterError(
        'These region counts were made for another network; make them with the one that is trained',
      );
    }
    if (this.#steps.length > 0) throw new ParameterError('Region counts follow one run; make new ones for the next');
    this.#every ??= Math.max(1, Math.ceil(steps / usualLooks));
    this.#look(0);
  }

  step({ step }: StepView): void {
    this.#look(step);
  }

  finish(_network: Network, steps: number): void {
    if (this.#steps.length > 0 && this.#steps[this.#steps.length - 1] !== steps) this.#look(steps);
  }

  result(): RegionCountsDuringTraining {
    return {
      kind: 'region-counts-during-training',
      input: this.#window,
      steps: [...this.#steps],
      counts: [...this.#counts],
      cells: [...this.#cells],
      notFinite: this.#notFinite,
      predicted: this.#predicted,
    };
  }

  #look(step: number): void {
    if (this.#notFinite !== null) return;
    try {
      const { count, cells } = countRegions(this.#network, this.#window, this.#limit);
      this.#steps.push(step);
      this.#counts.push(count);
      this.#cells.push(cells);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#notFinite = step;
    }
  }
}
