import { Arena, type BackendOptions, createBackend } from '@relu-lab/core';
import type { PreparedWork } from '../../engine.ts';
import { digest, uniform } from '../../inputs.ts';
import type { Work } from '../../work.ts';

/** C = A B. */
export function ourProduct({ n }: Extract<Work, { kind: 'matrix-product' }>, options: BackendOptions): PreparedWork {
  const arena = new Arena();
  const backend = createBackend(arena, options);
  const [a, b, c] = [0, 1, 2].map(() => arena.allocate(n * n));
  arena.write(a, uniform(1, n * n));
  arena.write(b, uniform(2, n * n));
  return {
    run: () => backend.matmul(c, n, a, n, 1, b, n, 1, n, n, n, false),
    result: () => digest(arena.read(c, n * n)),
  };
}
