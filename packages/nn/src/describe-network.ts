/** A layer as far as it is known. */
interface KnownLayer {
  readonly name: string;
  readonly outputs?: number;
}

/** Layers that are named at the front when there are too many to name all; the last one is named too. */
const named = 4;

/** A network in words, for errors: `the network of 2 inputs with the layers dense1 (16), relu1 (16), dense2 (2)`. */
export function describeNetwork(inputs: number, layers: readonly KnownLayer[]): string {
  const names = layers.map(({ name, outputs }) => (outputs === undefined ? name : `${name} (${outputs})`));
  const shown = names.length <= named + 2 ? names : [...names.slice(0, named), '…', names[names.length - 1]];
  return `the network of ${inputs} inputs with the layers ${shown.join(', ')}`;
}
