import type { BackendOptions } from '@relu-lab/core';
import type { PreparedWork } from '../../engine.ts';
import { digest } from '../../inputs.ts';
import type { Work } from '../../work.ts';
import { ourBatch, ourNetwork } from './network.ts';

/** One forward pass in evaluation mode, copying the batch in included. */
export function ourForward(
  { widths, rows }: Extract<Work, { kind: 'forward' }>,
  backend: BackendOptions,
): PreparedWork {
  const network = ourNetwork(widths, backend);
  const { inputs } = ourBatch(widths, rows);
  network.reserve(rows);
  return {
    run() {
      network.arena.values.set(inputs, network.inputOffset);
      network.run(rows, { mode: 'evaluation' });
    },
    result: () => digest(network.arena.read(network.outputOffset, rows * network.outputs)),
  };
}
