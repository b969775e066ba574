import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Dataset, random, relu } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { BatchFeed, adam, crossEntropy, mlp, sgd } from './index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap that a call of `work` leaves behind: the least of some rounds, since the compiler works beside it. */
function bytesPerCall(calls: number, work: () => void): number {
  for (let i = 0; i < 3000; i++) work();
  const rounds = Array.from({ length: 6 }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < calls; i++) work();
    return (process.memoryUsage().heapUsed - before) / calls;
  });
  return Math.min(...rounds);
}

function noise(rows: number, features: number): Dataset {
  const inputs = new Float32Array(rows * features);
  random(1).fillNormal(inputs);
  return {
    name: 'noise',
    rows,
    features,
    classes: 2,
    inputs,
    targets: Int32Array.from({ length: rows }, (_, i) => i % 2),
  };
}

/** Numbers that are no small integers are objects: a step returns a few of them, of 16 bytes each. */
const boxedNumbers = 10 * 16;

describe('a training step', () => {
  it.each([
    ['short rows', sgd({ learningRate: 0.01 }), 2],
    ['long rows', adam({ learningRate: 0.001 }), 200],
  ])('makes nothing on the heap, with %s', (_, optimizer, features) => {
    const rows = 64;
    const data = noise(4 * rows, features);
    const network = mlp({ inputs: features, hidden: [16, 16], outputs: 2, activation: relu, seed: 1 });
    const feed = new BatchFeed(network, crossEntropy(), rows);
    const states = Array.from({ length: optimizer.states }, () => network.arena.allocate(network.block.length));
    const all = { ...network.block, states, decays: false };
    const order = random(2).stream('order').permutation(data.rows);
    const { bytes } = network.arena;
    let step = 0;
    const used = bytesPerCall(1000, () => {
      feed.load(data, (step % 4) * rows, rows, order);
      network.run(rows, { mode: 'training' });
      feed.backward(rows);
      optimizer.update(network.backend, all, ++step, 0.01);
    });
    expect(used).toBeLessThan(boxedNumbers);
    expect(network.arena.bytes).toBe(bytes);
  });
});
