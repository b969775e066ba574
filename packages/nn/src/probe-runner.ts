import { ParameterError } from '@relu-lab/core';
import type { Network } from './network.ts';
import type { Probe, RunFacts, StepView } from './probe.ts';

/** Shows the probes those steps that they ask for. */
export class ProbeRunner {
  readonly #network: Network;
  readonly #probes: readonly Probe[];
  /** Where the parameters before an update are kept, so that a probe can ask for the update; 0 where none will. */
  readonly #before: number;
  #remembers = false;

  constructor(network: Network, probes: readonly Probe[]) {
    this.#network = network;
    this.#probes = probes;
    this.#before = probes.some(asksForUpdates) ? network.arena.allocate(network.block.length) : 0;
  }

  start(run: RunFacts): void {
    for (const probe of this.#probes) probe.start?.(this.#network, run);
  }

  isDue(step: number): boolean {
    return this.#probes.some((probe) => wants(probe, step));
  }

  /** Keeps the parameters as they are before the update, if a probe that is due may ask for it. */
  remember(step: number): void {
    this.#remembers = this.#probes.some((probe) => asksForUpdates(probe) && wants(probe, step));
    const { backend, block } = this.#network;
    if (this.#remembers) backend.copy(this.#before, block.parameters, block.length);
  }

  /** Shows the step to the probes that it is due to. */
  look(facts: Pick<StepView, 'step' | 'epoch' | 'rows' | 'batch' | 'loss' | 'learningRate' | 'gradientNorm'>): void {
    const network = this.#network;
    const { passes } = network;
    const current = (): Network => {
      if (network.passes === passes) return network;
      throw new ParameterError(
        'A probe has run a pass since the step, so that its values are gone: read them before, put that probe last, or let it use a clone',
      );
    };
    const view: StepView = {
      ...facts,
      network,
      preActivation: (layer) => current().preActivation(layer),
      output: (layer) => current().output(layer),
      gradient: (layer) => current().gradient(layer),
      parameterGradient: (parameter) => network.parameterGradient(parameter),
      update: (parameter) => this.#update(parameter),
    };
    for (const probe of this.#probes) if (wants(probe, facts.step)) probe.step?.(view);
  }

  finish(steps: number): void {
    for (const probe of this.#probes) probe.finish?.(this.#network, steps);
  }

  #update(name: string): Float32Array {
    if (!this.#remembers) {
      throw new ParameterError('The update of this step is not kept: every probe that is due has set updates to false');
    }
    const { arena, block } = this.#network;
    const { offset, length } = this.#network.parameter(name);
    const before = this.#before + offset - block.parameters;
    const { values } = arena;
    return Float32Array.from({ length }, (_, i) => values[offset + i] - values[before + i]);
  }
}

function wants({ every = 1 }: Probe, step: number): boolean {
  return step % every === 0;
}

function asksForUpdates({ updates = true }: Probe): boolean {
  return updates;
}
