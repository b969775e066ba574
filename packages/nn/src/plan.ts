import type { Arena, Backend } from '@relu-lab/core';
import { inputName, type Node } from './graph.ts';
import type { Layer, Parameter, Statistic } from './layer.ts';

/** Layers with their parameters placed in the arena. */
export interface Plan {
  readonly layers: readonly Layer[];
  readonly parameters: readonly Parameter[];
  readonly block: { readonly parameters: number; readonly gradients: number; readonly length: number };
  readonly statistics: { readonly offset: number; readonly length: number };
}

/** Each parameter starts at a multiple of this many floats, so that kernels read aligned rows. */
const alignment = 16;

/**
 * Creates the layers of a settled graph. Parameters of all layers lie in one block, their gradients in a second one of
 * the same layout, and running statistics in a third: one optimiser step and one snapshot are one pass over a block.
 */
export function planLayers(nodes: readonly Node[], inputs: number, arena: Arena, backend: Backend): Plan {
  const parameters = new Blocks<Mutable<Parameter>>();
  const statistics = new Blocks<Mutable<Statistic>>();
  const initial: number[] = [];
  const widths = new Map([[inputName, inputs]]);
  const layers = nodes.map(({ name, from, definition }) => {
    const layer = definition.create({
      name,
      from,
      inputs: from.map((source) => widths.get(source) ?? 0),
      arena,
      backend,
      parameter: (role, shape, { decays = true } = {}) => {
        const length = shape.reduce((product, n) => product * n, 1);
        const parameter = { name: `${name}.${role}`, layer: name, role, shape, length, offset: 0, gradient: 0, decays };
        return parameters.add(parameter);
      },
      statistic: (role, length, value) => {
        const statistic = { name: `${name}.${role}`, length, offset: 0 };
        initial.push(value);
        return statistics.add(statistic);
      },
    });
    widths.set(name, layer.outputs);
    return layer;
  });
  const block = {
    parameters: arena.allocate(parameters.length),
    gradients: arena.allocate(parameters.length),
    length: parameters.length,
  };
  parameters.place(block.parameters);
  for (const parameter of parameters.entries) {
    parameter.gradient = parameter.offset - block.parameters + block.gradients;
  }
  const kept = { offset: arena.allocate(statistics.length), length: statistics.length };
  statistics.place(kept.offset);
  statistics.entries.forEach(({ offset, length }, i) => backend.fill(offset, length, initial[i]));
  return { layers, parameters: parameters.entries, block, statistics: kept };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Arrays that will lie one after the other, each aligned. */
class Blocks<T extends { length: number; offset: number }> {
  readonly entries: T[] = [];
  length = 0;

  add(entry: T): T {
    entry.offset = this.length;
    this.length += Math.ceil(entry.length / alignment) * alignment;
    this.entries.push(entry);
    return entry;
  }

  place(start: number): void {
    for (const entry of this.entries) entry.offset += start;
  }
}
