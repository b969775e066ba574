import type { Layer, Network, Snapshot } from '@relu-lab/nn';

/**
 * Whether a network is as its initialisation left it: it equals the snapshot, or without one its biases, shifts and scales are what
 * initialisers set (constants in a layer; or PyTorch's uniform numbers, within ±1/√fanIn as the weights are). One training step
 * makes them differ.
 */
export function looksUntrained(network: Network, initial: Snapshot | null): boolean {
  if (initial) {
    const { parameters } = network.snapshot();
    return initial.parameters.every((value, i) => Object.is(value, parameters[i]));
  }
  return network.layers.every((layer) =>
    layer.parameters.every(({ name, role }) => {
      if (role === 'weight') return true;
      const values = network.parameterValues(name);
      return values.every((value) => value === values[0]) || (role === 'bias' && isPytorchDefault(network, layer));
    }),
  );
}

function isPytorchDefault(network: Network, { inputs, parameters }: Layer): boolean {
  const bound = (1 / Math.sqrt(inputs[0])) * (1 + 1e-6);
  const all = parameters.map(({ name }) => network.parameterValues(name));
  const fills = (values: Float32Array): boolean => {
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    // x² of a uniform number has mean b²/3 and deviation 2b²/√45: five standard errors.
    const error = (5 * 2 * bound ** 2) / Math.sqrt(45 * values.length);
    return values.every((value) => Math.abs(value) <= bound) && Math.abs(square - bound ** 2 / 3) < error;
  };
  return all.every(fills);
}
