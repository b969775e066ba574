import { type BackendOptions, random } from '@relu-lab/core';
import { BatchFeed, crossEntropy, sgd } from '@relu-lab/nn';
import type { PreparedWork } from '../../engine.ts';
import { learningRate } from '../../inputs.ts';
import type { Work } from '../../work.ts';
import { ourBatch, ourNetwork } from './network.ts';

/** What `train` does in a step, copying a shuffled batch in included, without its watching of losses, progress and signals. */
export function ourStep({ widths, rows }: Extract<Work, { kind: 'step' }>, backend: BackendOptions): PreparedWork {
  const network = ourNetwork(widths, backend);
  const batch = ourBatch(widths, rows);
  const feed = new BatchFeed(network, crossEntropy(), rows);
  const optimizer = sgd({ learningRate });
  const all = { ...network.block, states: [], decays: false };
  const order = random(1).stream('order').permutation(rows);
  let step = 0;
  let loss = NaN;
  return {
    run() {
      feed.load(batch, 0, rows, order);
      network.run(rows, { mode: 'training' });
      loss = feed.measure(rows);
      network.backpropagate();
      optimizer.update(network.backend, all, ++step, learningRate);
    },
    result: () => [loss],
  };
}
