import { type LayerDefinition, Network } from '@relu-lab/nn';

/**
 * A network of other layers, with the same inputs, backend and precision, and with the parameters and statistics of the old one
 * wherever name and length are the same.
 */
export function rebuild(network: Network, layers: readonly LayerDefinition[]): Network {
  const rebuilt = drawAgain(network, layers);
  for (const { name, length } of rebuilt.parameters) {
    const old = network.parameters.find((parameter) => parameter.name === name && parameter.length === length);
    if (old) rebuilt.setParameter(name, network.parameterValues(name));
  }
  const statistics = network.layers.flatMap((layer) => layer.statistics);
  for (const { name, length, offset } of rebuilt.layers.flatMap((layer) => layer.statistics)) {
    const old = statistics.find((statistic) => statistic.name === name && statistic.length === length);
    if (old) rebuilt.arena.write(offset, network.arena.read(old.offset, length));
  }
  return rebuilt;
}

/** A network of these layers (default: of its own) as its initialisers leave it. */
export function drawAgain(
  { inputs, seed, backend, arena, definitions }: Network,
  layers: readonly LayerDefinition[] = definitions,
): Network {
  return new Network({ inputs, layers, seed, backend: backend.name, precision: arena.precision });
}
