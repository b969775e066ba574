import { random } from '@relu-lab/core';
import type { PreparedWork } from '../../engine.ts';
import type { Work } from '../../work.ts';

/** A named stream of standard normal numbers, as weights are drawn. */
export function ourNormals({ n }: Extract<Work, { kind: 'normal' }>): PreparedWork {
  const out = new Float32Array(n);
  let layer = 0;
  return {
    run: () => random(1).stream(`layer ${layer++}`).fillNormal(out),
    result: () => [],
  };
}
