import type { Arena, Backend } from '@relu-lab/core';
import { inputName } from './graph.ts';
import type { Layer, Wires } from './layer.ts';

/** Where a layer's output and the gradient with respect to it are: offsets into the arena. */
export interface Tap {
  readonly output: number;
  /** 0 for the input, with respect to which no gradient is kept. */
  readonly gradient: number;
  readonly width: number;
}

/** A gradient that arrives at a layer to which another reader has written before: it is added. */
export interface Merge {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/** The buffers of a network for passes of up to so many rows. */
export interface Wiring {
  /** Where the input rows go. */
  readonly input: number;
  /** By name of the layer, and of the `input`. */
  readonly taps: ReadonlyMap<string, Tap>;
  /** What each layer reads and writes, in the order of the forward pass. */
  readonly wires: readonly Wires[];
  /** What is to be added after the backward pass of each layer. */
  readonly merges: readonly (readonly Merge[])[];
}

/** Allocates outputs and gradients for `rows` rows, and leads each layer's gradients to the layers that it reads. */
export function wire(layers: readonly Layer[], inputs: number, rows: number, arena: Arena): Wiring {
  const input = arena.allocate(rows * inputs);
  const taps = new Map<string, Tap>([[inputName, { output: input, gradient: 0, width: inputs }]]);
  for (const { name, outputs: width } of layers) {
    taps.set(name, { output: arena.allocate(rows * width), gradient: arena.allocate(rows * width), width });
  }
  const tap = (name: string): Tap => taps.get(name) ?? { output: 0, gradient: 0, width: 0 };
  const written = new Set<string>();
  const wires: Wires[] = [];
  const merges: Merge[][] = [];
  // Backwards, as gradients flow: the first reader met writes to the layer that it reads, the others add.
  for (const layer of [...layers].reverse()) {
    const own: Merge[] = [];
    const inputGradients = layer.from.map((source) => {
      const { gradient, width } = tap(source);
      if (source === inputName || !written.has(source)) {
        written.add(source);
        return gradient;
      }
      const scratch = arena.allocate(rows * width);
      own.push({ from: scratch, to: gradient, width });
      return scratch;
    });
    const { output, gradient: outputGradient } = tap(layer.name);
    wires.unshift({ inputs: layer.from.map((source) => tap(source).output), output, outputGradient, inputGradients });
    merges.unshift(own);
    layer.reserve?.(rows);
  }
  return { input, taps, wires, merges };
}

/** Adds the gradients of a batch of `rows` rows that other readers have left. */
export function merge(merges: readonly Merge[], rows: number, backend: Backend): void {
  for (const { from, to, width } of merges) backend.addScaled(to, from, rows * width, 1);
}
