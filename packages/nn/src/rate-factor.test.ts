import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import { type Optimizer, type Parameter, adam, sgd, train } from './index.ts';

/** What one step on all rows adds to each parameter. */
async function update(
  optimizer: Optimizer,
  rateFactor?: (parameter: Parameter) => number,
): Promise<Map<string, number[]>> {
  const network = small(1, [8, 8]);
  const before = new Map(network.parameters.map(({ name }) => [name, network.parameterValues(name)]));
  const options = { ...common, optimizer, data: clouds(32), epochs: 1, batchSize: 32 };
  await train(network, { ...options, ...(rateFactor && { rateFactor }) });
  return new Map(
    network.parameters.map(({ name }) => {
      const old = before.get(name) ?? [];
      return [name, Array.from(network.parameterValues(name), (value, i) => value - old[i])];
    }),
  );
}

describe('rateFactor', () => {
  it.each([
    ['SGD', sgd({ learningRate: 0.1 })],
    ['Adam', adam({ learningRate: 0.1 })],
  ])('multiplies the first step of %s, parameter by parameter', async (_, optimizer) => {
    const factors: Readonly<Record<string, number>> = { 'dense1.weight': 2, 'dense2.weight': 0, 'dense2.bias': 0.25 };
    const plain = await update(optimizer);
    const rated = await update(optimizer, ({ name }) => factors[name] ?? 1);
    for (const [name, steps] of plain) {
      expect(Math.max(...steps.map(Math.abs))).toBeGreaterThan(1e-4);
      rated.get(name)?.forEach((step, i) => expect(step).toBeCloseTo((factors[name] ?? 1) * steps[i], 6));
    }
  });

  it('refuses a factor that is negative or no number, and names the parameter', async () => {
    for (const factor of [-1, NaN]) {
      await expect(update(sgd({ learningRate: 0.1 }), () => factor)).rejects.toThrow(ParameterError);
      await expect(update(sgd({ learningRate: 0.1 }), () => factor)).rejects.toThrow(/'dense1.weight'/);
    }
  });
});
