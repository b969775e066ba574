import { Arena, type BackendOptions, activation, createBackend } from '@relu-lab/core';
import type { PreparedWork } from '../../engine.ts';
import { activationScale, digest, uniform } from '../../inputs.ts';
import type { Work } from '../../work.ts';

/** φ over an array, or φ' there times an upstream gradient, from what the forward pass saved. */
export function ourElementwise(
  { activation: name, direction, n }: Extract<Work, { kind: 'elementwise' }>,
  options: BackendOptions,
): PreparedWork {
  const arena = new Arena();
  const backend = createBackend(arena, options);
  const phi = activation(name);
  const [x, y, upstream, out] = [0, 1, 2, 3].map(() => arena.allocate(n));
  arena.write(x, uniform(1, n, activationScale));
  arena.write(upstream, uniform(2, n));
  backend.activationForward(phi, x, y, n);
  return direction === 'forward'
    ? { run: () => backend.activationForward(phi, x, y, n), result: () => digest(arena.read(y, n)) }
    : {
        run: () => backend.activationBackward(phi, x, y, upstream, out, n),
        result: () => digest(arena.read(out, n)),
      };
}
