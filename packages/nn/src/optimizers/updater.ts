import type { Network } from '../network.ts';
import type { Optimizer, Segment } from './optimizer.ts';

/**
 * Applies an optimiser to all parameters of a network. It owns the optimiser's own numbers, at the end of the arena,
 * until {@link Updater.release}.
 */
export class Updater {
  readonly #network: Network;
  readonly #optimizer: Optimizer;
  readonly #segments: readonly Segment[];
  readonly #start: number;
  #step = 0;

  constructor(network: Network, optimizer: Optimizer) {
    this.#network = network;
    this.#optimizer = optimizer;
    this.#start = network.arena.mark();
    const states = Array.from({ length: optimizer.states }, () => network.arena.allocate(network.block.length));
    this.#segments = segments(network, states);
  }

  /** One update of every parameter from its gradient. */
  update(learningRate: number): void {
    this.#step++;
    for (const segment of this.#segments) {
      this.#optimizer.update(this.#network.backend, segment, this.#step, learningRate);
    }
  }

  /** Gives the optimiser's numbers back. */
  release(): void {
    this.#network.arena.release(this.#start);
  }
}

/** The fewest runs of neighbouring parameters that weight decay treats alike. */
function segments({ parameters, block }: Network, states: readonly number[]): readonly Segment[] {
  const found: Segment[] = [];
  parameters.forEach(({ offset, decays }, i) => {
    if (i > 0 && parameters[i - 1].decays === decays) return;
    const next = parameters.slice(i).find((parameter) => parameter.decays !== decays);
    const start = offset - block.parameters;
    const end = next ? next.offset - block.parameters : block.length;
    found.push({
      parameters: offset,
      gradients: block.gradients + start,
      states: states.map((state) => state + start),
      length: end - start,
      decays,
    });
  });
  return found;
}
