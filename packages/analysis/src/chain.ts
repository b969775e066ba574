import type { Layer, Network } from '@relu-lab/nn';

/** A dense layer and the activation layer that reads it. */
export interface ChainLink {
  readonly dense: Layer;
  readonly activation: Layer;
}

/**
 * The chain input → dense → activation → dense → …, as far as it goes before a normalisation, a sum or a layer that several read. What is
 * the identity in evaluation (dropout, flatten) is passed over.
 */
export function activationChain(network: Network): readonly ChainLink[] {
  const links: ChainLink[] = [];
  let before = 'input';
  let dense: Layer | null = null;
  for (const layer of network.layers) {
    const readers = network.layers.filter(({ from }) => from.includes(before));
    if (layer.from.length !== 1 || layer.from[0] !== before || readers.length !== 1) break;
    before = layer.name;
    if (layer.role === 'regularization' || layer.kind === 'flatten') continue;
    if (dense === null && layer.kind === 'dense') dense = layer;
    else if (dense !== null && layer.role === 'activation') {
      links.push({ dense, activation: layer });
      dense = null;
    } else break;
  }
  return links;
}
