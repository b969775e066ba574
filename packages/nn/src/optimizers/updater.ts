import { checkNotNegative } from '../checks.ts';
import type { Parameter } from '../layer.ts';
import type { Network } from '../network.ts';
import type { Optimizer, Segment } from './optimizer.ts';

/** A segment and the factor on its learning rate. */
type RatedSegment = Segment & { readonly rateFactor: number };

/**
 * Applies an optimiser to all parameters of a network. The optimiser's own numbers stand at the end of the arena, until
 * the training that they belong to gives its memory back.
 */
export class Updater {
  readonly #network: Network;
  readonly #optimizer: Optimizer;
  readonly #segments: readonly RatedSegment[];
  #step = 0;

  /** @throws ParameterError when `rateFactor` gives something else than a finite number of at least 0. */
  constructor(network: Network, optimizer: Optimizer, rateFactor: (parameter: Parameter) => number = () => 1) {
    this.#network = network;
    this.#optimizer = optimizer;
    const states = Array.from({ length: optimizer.states }, () => network.arena.allocate(network.block.length));
    this.#segments = segments(network, states, rateFactor);
  }

  /** One update of every parameter from its gradient. */
  update(learningRate: number): void {
    this.#step++;
    for (const segment of this.#segments) {
      this.#optimizer.update(this.#network.backend, segment, this.#step, learningRate * segment.rateFactor);
    }
  }
}

/** The fewest runs of neighbouring parameters that weight decay and `rateFactor` treat alike. */
function segments(
  { parameters, block }: Network,
  states: readonly number[],
  rateFactor: (parameter: Parameter) => number,
): readonly RatedSegment[] {
  const rated = parameters.map((parameter) => ({ ...parameter, rateFactor: rateFactor(parameter) }));
  rated.forEach(({ name, rateFactor: factor }) => checkNotNegative(`rateFactor of '${name}'`, factor));
  const found: RatedSegment[] = [];
  rated.forEach(({ offset, decays, rateFactor: factor }, i) => {
    const isLike = (other: (typeof rated)[number]): boolean => other.decays === decays && other.rateFactor === factor;
    if (i > 0 && isLike(rated[i - 1])) return;
    const next = rated.slice(i).find((parameter) => !isLike(parameter));
    const start = offset - block.parameters;
    const end = next ? next.offset - block.parameters : block.length;
    found.push({
      parameters: offset,
      gradients: block.gradients + start,
      states: states.map((state) => state + start),
      length: end - start,
      decays,
      rateFactor: factor,
    });
  });
  return found;
}
