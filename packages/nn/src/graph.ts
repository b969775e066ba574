import { ParameterError, didYouMean } from '@relu-lab/core';
import type { LayerDefinition } from './layer.ts';

/** The name under which layers read the network's input. */
export const inputName = 'input';

/** A definition with its name and its sources settled. */
export interface Node {
  readonly name: string;
  readonly from: readonly string[];
  readonly definition: LayerDefinition;
}

/**
 * Settles the names and sources of layers that stand in the order in which they are computed. Every layer reads layers
 * before it; the last one is the output; every other one is read by somebody.
 *
 * @throws ParameterError for a name that is taken, a source that is not there (with the nearest one), a wrong number of
 * sources, a layer that nobody reads, or no layers.
 */
export function settle(definitions: readonly LayerDefinition[]): readonly Node[] {
  if (definitions.length === 0) throw new ParameterError('A network needs at least one layer');
  const counts = new Map<string, number>();
  const nodes: Node[] = [];
  const known = [inputName];
  for (const definition of definitions) {
    const count = (counts.get(definition.stem) ?? 0) + 1;
    counts.set(definition.stem, count);
    const name = definition.name ?? `${definition.stem}${count}`;
    if (known.includes(name)) throw new ParameterError(`Two layers are called '${name}'; each needs its own name`);
    const from = sources(definition, known[known.length - 1]);
    checkSources(name, from, definition, known);
    nodes.push({ name, from, definition });
    known.push(name);
  }
  checkAllRead(nodes);
  return nodes;
}

function sources(definition: LayerDefinition, before: string): readonly string[] {
  if (definition.from === undefined) return [before];
  return typeof definition.from === 'string' ? [definition.from] : definition.from;
}

function checkSources(
  name: string,
  from: readonly string[],
  { arity }: LayerDefinition,
  known: readonly string[],
): void {
  if (arity === 'one' && from.length !== 1) {
    throw new ParameterError(`'${name}' reads exactly one layer, not ${from.length}`);
  }
  if (arity === 'many' && from.length < 2) {
    throw new ParameterError(`'${name}' reads at least two layers; name them in 'from'`);
  }
  for (const source of from) {
    if (known.includes(source)) continue;
    throw new ParameterError(
      `'${name}' reads '${source}'${didYouMean(source, known)}, and no layer before it has that name; there are ${known.join(', ')}`,
    );
  }
}

function checkAllRead(nodes: readonly Node[]): void {
  const read = new Set(nodes.flatMap(({ from }) => from));
  const unread = nodes.slice(0, -1).find(({ name }) => !read.has(name));
  if (unread)
    throw new ParameterError(`Nobody reads '${unread.name}', and it is not the last layer: remove it or read it`);
}
