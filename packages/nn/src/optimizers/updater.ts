import type { Network } from '../network.ts';
import type { Optimizer, Segment } from './optimizer.ts';

/**
 * Applies an optimiser to all parameters of a network. The optimiser's own numbers stand at the end of the arena, until
 * the training that they belong to gives its memory back.
 */
export class Updater {
  readonly #network: Network;
  readonly #optimizer: Optimizer;
  readonly #segments: readonly Segment[];
  #step = 0;

  constructor(network: Network, optimizer: Optimizer) {
    this.#network = network;
    this.#optimizer = optimizer;
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
