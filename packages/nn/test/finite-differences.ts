import { random } from '@relu-lab/core';
import type { Mode, Network } from '../src/index.ts';

const step = 1e-5;

/**
 * Largest distance between the gradients of a backward pass and central differences, over every parameter, relative to the
 * largest gradient of that parameter. The loss is a random projection of the outputs. For float64 networks.
 */
export function largestGradientError(network: Network, x: Float64Array, mode: Mode): number {
  const rows = x.length / network.inputs;
  const projection = new Float64Array(rows * network.outputs);
  random(99).stream('projection').fillNormal(projection);
  const loss = (): number => {
    network.seedNoise(random(7).stream('noise'));
    const outputs = network.forward(x, { mode, updateStatistics: false });
    return projection.reduce((sum, weight, i) => sum + weight * outputs[i], 0);
  };
  loss();
  network.backward(projection);
  const gradients = network.parameters.map(({ gradient, length }) =>
    network.arena.values.slice(gradient, gradient + length),
  );
  return Math.max(
    ...network.parameters.map(({ offset, length }, p) => {
      const scale = Math.max(1e-3, ...Array.from(gradients[p], Math.abs));
      const errors = Array.from({ length }, (_, i) => {
        const { values } = network.arena;
        const kept = values[offset + i];
        values[offset + i] = kept + step;
        const above = loss();
        values[offset + i] = kept - step;
        const below = loss();
        values[offset + i] = kept;
        return Math.abs((above - below) / (2 * step) - gradients[p][i]) / scale;
      });
      return Math.max(...errors);
    }),
  );
}
