import type { Dataset } from '@relu-lab/core';
import { activationPenalty, addPenaltyGradient } from './activation-penalty.ts';
import type { Loss, LossWires } from './losses/loss.ts';
import type { Network } from './network.ts';
import { RowReader } from './row-reader.ts';
import type { Values } from './snapshot.ts';

/**
 * Brings rows of a data set into a network's arena, and measures the loss there. It owns room for the targets of one
 * batch, at the end of the arena, until {@link BatchFeed.release}.
 */
export class BatchFeed {
  readonly #network: Network;
  readonly #loss: Loss;
  readonly #start: number;
  readonly #targets: number;
  #reader: RowReader | null = null;
  #wires: LossWires | null = null;

  constructor(network: Network, loss: Loss, rows: number) {
    network.reserve(rows);
    this.#network = network;
    this.#loss = loss;
    this.#start = network.arena.mark();
    this.#targets =
      loss.targets === 'classes'
        ? network.arena.allocateIntegers(rows)
        : network.arena.allocate(rows * network.outputs);
  }

  /** Copies `count` rows of `data`, those that `order` names from `start` on, or that stand there without an order. */
  load(data: Dataset, start: number, count: number, order?: Int32Array): void {
    const { arena, inputOffset, inputs, outputs } = this.#network;
    const { values, integers } = arena;
    const targets = this.#loss.targets === 'classes' ? integers : values;
    const width = this.#loss.targets === 'classes' ? 1 : outputs;
    if (!order) {
      values.set(data.inputs.subarray(start * inputs, (start + count) * inputs), inputOffset);
      targets.set(data.targets.subarray(start * width, (start + count) * width), this.#targets);
      return;
    }
    const reader = this.#readerOf(data.inputs);
    for (let i = 0; i < count; i++) {
      const row = order[start + i];
      reader.copy(row, values, inputOffset + i * inputs);
      for (let j = 0; j < width; j++) targets[this.#targets + i * width + j] = data.targets[row * width + j];
    }
  }

  /**
   * Mean loss over the `rows` rows of the last forward pass, penalty included, and the gradients of everything: the
   * backward pass.
   */
  backward(rows: number): number {
    const network = this.#network;
    const { activationPenalty: lambda } = this.#loss;
    const loss = this.measure(rows);
    if (lambda === 0) {
      network.backpropagate();
      return loss;
    }
    network.backpropagate((layer, wires, pass) => addPenaltyGradient(network.arena.values, layer, wires, pass, lambda));
    return loss + activationPenalty(network, lambda, rows);
  }

  /** Mean loss over the `rows` rows of the last forward pass, without penalty and without a backward pass. */
  measure(rows: number): number {
    const { backend, outputs } = this.#network;
    return this.#loss.measure(backend, this.#lossWires(rows, outputs));
  }

  /** How many of the `rows` rows of the last forward pass have their class as the largest output; null for values. */
  correct(rows: number): number | null {
    if (this.#loss.targets !== 'classes') return null;
    const { arena, outputs, outputOffset } = this.#network;
    const { values, integers } = arena;
    let right = 0;
    for (let r = 0; r < rows; r++) {
      const row = outputOffset + r * outputs;
      const label = integers[this.#targets + r];
      if (isLargest(values, row, outputs, label)) right++;
    }
    return right;
  }

  /** Gives the room for the targets back. */
  release(): void {
    this.#network.arena.release(this.#start);
  }

  /** The reader of these inputs: mostly those of the step before. */
  #readerOf(inputs: Values): RowReader {
    if (this.#reader?.source !== inputs) this.#reader = new RowReader(inputs, this.#network.inputs);
    return this.#reader;
  }

  /** The network's buffers stay where they are while this is in use, so that only the number of rows changes. */
  #lossWires(rows: number, outputs: number): LossWires {
    if (this.#wires?.rows !== rows) {
      const { outputOffset: output, outputGradientOffset: gradient } = this.#network;
      this.#wires = { output, targets: this.#targets, gradient, rows, outputs };
    }
    return this.#wires;
  }
}

/** Whether the value at `index` is the largest of a row, the first of equals; never among values that are NaN. */
function isLargest(values: Values, row: number, length: number, index: number): boolean {
  const own = values[row + index];
  for (let i = 0; i < length; i++) {
    const other = values[row + i];
    if (!(i < index ? own > other : own >= other)) return false;
  }
  return true;
}
