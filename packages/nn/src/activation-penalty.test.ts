import { tanh } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import { Network, type Probe, activate, crossEntropy, dense, train } from './index.ts';

describe('an L1 penalty on activations', () => {
  it('adds λ Σ|a| / rows to the loss and makes activations smaller', async () => {
    const data = clouds(64);
    const size = (network: Network): number => {
      network.forward(data.inputs);
      return Array.from(network.output('relu1')).reduce((sum, a) => sum + Math.abs(a), 0) / data.rows;
    };
    const free = small(4);
    const held = small(4);
    const start = size(free);
    const options = { ...common, data, batchSize: 64, epochs: 300 };
    const unpenalised = await train(free, options);
    const penalised = await train(held, { ...options, loss: crossEntropy({ activationPenalty: 0.1 }) });
    expect(penalised.losses[0] - unpenalised.losses[0]).toBeCloseTo(0.1 * start, 5);
    expect(size(held)).toBeLessThan(size(free) / 2);
  });

  it('has the gradient of that term, by central differences', async () => {
    const network = new Network({
      inputs: 2,
      layers: [dense({ units: 5 }), activate(tanh), dense({ units: 2 })],
      backend: 'reference',
      precision: 'float64',
    });
    const data = clouds(16);
    const loss = crossEntropy({ activationPenalty: 0.3 });
    const firstLoss = async (nudge: number): Promise<{ loss: number; gradient: number }> => {
      const copy = network.clone();
      const { offset, gradient } = copy.parameter('dense1.weight');
      copy.arena.values[offset + 3] += nudge;
      let found = NaN;
      const probe: Probe = { name: 'g', step: () => void (found = copy.arena.values[gradient + 3]) };
      const run = await train(copy, { ...common, loss, data, epochs: 1, probes: [probe] });
      return { loss: run.losses[0], gradient: found };
    };
    const h = 1e-5;
    const slope = ((await firstLoss(h)).loss - (await firstLoss(-h)).loss) / (2 * h);
    expect((await firstLoss(0)).gradient).toBeCloseTo(slope, 7);
  });
});
