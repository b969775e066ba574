/** What watching may cost, counted in samples that pass the network: the same for the same run on every machine. */
export class RowBudget {
  readonly #perStep: number;
  readonly #steps: number;
  readonly #least: number;
  #spent = 0;

  /**
   * @param options.perStep - samples that a step earns.
   * @param options.steps - steps of the run: half of what those to come will earn can be spent before, as most units die early.
   * @param options.least - samples that any run has, however short.
   */
  constructor({ perStep, steps, least }: { readonly perStep: number; readonly steps: number; readonly least: number }) {
    this.#perStep = perStep;
    this.#steps = steps;
    this.#least = least;
  }

  /** Whether so many samples can be paid for after `step` steps. */
  covers(samples: number, step: number): boolean {
    return this.#spent + samples <= Math.max(this.#least, (this.#perStep * (step + this.#steps)) / 2);
  }

  spend(samples: number): void {
    this.#spent += samples;
  }
}
