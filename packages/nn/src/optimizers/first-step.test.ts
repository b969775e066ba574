import { describe, expect, it } from 'vitest';
import { Network, type Optimizer, adam, adamW, dense, meanSquaredError, rmsprop, sgd, train } from '../index.ts';

/** What one step adds to a bias whose gradient is `gradient`, in float64. */
async function firstUpdate(optimizer: Optimizer, gradient: number): Promise<number> {
  const network = new Network({
    inputs: 1,
    layers: [dense({ units: 1 })],
    backend: 'reference',
    precision: 'float64',
  });
  network.setParameter('dense1.weight', [0]);
  // z = b, and the gradient of (z − 0)² is 2 b.
  network.setParameter('dense1.bias', [gradient / 2]);
  const data = { name: 'zero', rows: 1, features: 1, inputs: Float32Array.of(0), targets: Float32Array.of(0) };
  await train(network, { data, loss: meanSquaredError(), optimizer, epochs: 1 });
  return network.arena.values[network.parameter('dense1.bias').offset] - gradient / 2;
}

describe('the first step on a gradient as small as ε', () => {
  const g = 1e-8;
  it.each([
    // m̂ = g and √v̂ = |g|, so the step is rate × g / (|g| + ε): half the rate where ε = |g|.
    ['Adam by default', adam(), -0.001 / 2],
    ['Adam with ε = 3 |g|', adam({ learningRate: 0.5, epsilon: 3e-8 }), -0.5 / 4],
    ['AdamW by default, less its decay', adamW(), -0.001 / 2 - 0.001 * 0.01 * (g / 2)],
    // s = 0.01 g², so the step is rate × g / (0.1 |g| + ε).
    ['RMSprop by default', rmsprop(), -0.01 / 1.1],
    ['RMSprop with ε = 3 |g| and decay 0.75', rmsprop({ learningRate: 0.7, decay: 0.75, epsilon: 3e-8 }), -0.7 / 3.5],
    ['SGD', sgd({ learningRate: 0.5 }), -0.5e-8],
  ])('of %s follows its formula', async (_, optimizer, expected) => {
    expect((await firstUpdate(optimizer, g)) / expected).toBeCloseTo(1, 9);
  });
});
