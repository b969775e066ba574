import type { Layer, Pass, Wires } from './layer.ts';
import type { Network } from './network.ts';
import type { Values } from './snapshot.ts';

/** λ Σ |a| over the outputs of all activation layers in the last forward pass, averaged over rows. */
export function activationPenalty(network: Network, lambda: number, rows: number): number {
  let sum = 0;
  for (const layer of network.layers) {
    if (layer.role !== 'activation') continue;
    const outputs = network.output(layer.name);
    for (let i = 0; i < outputs.length; i++) sum += Math.abs(outputs[i]);
  }
  return (lambda * sum) / rows;
}

/** Adds the penalty's gradient, λ sign(a) / rows, to that of a layer's output; sign(0) = 0. */
export function addPenaltyGradient(values: Values, layer: Layer, wires: Wires, pass: Pass, lambda: number): void {
  if (layer.role !== 'activation') return;
  const share = lambda / pass.rows;
  for (let i = 0; i < pass.rows * layer.outputs; i++) {
    values[wires.outputGradient + i] += share * Math.sign(values[wires.output + i]);
  }
}
