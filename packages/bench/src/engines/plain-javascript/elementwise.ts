import type { PreparedWork } from '../../engine.ts';
import { activationScale, digest, uniform } from '../../inputs.ts';
import type { TimedActivation, Work } from '../../work.ts';

/** φ by the textbook, where that is short; the others have no plain loop here. */
const functions: Readonly<Partial<Record<TimedActivation, (x: number) => number>>> = {
  relu: (x) => (x > 0 ? x : 0),
  'leaky-relu': (x) => (x > 0 ? x : 0.01 * x),
  elu: (x) => (x > 0 ? x : Math.exp(x) - 1),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  silu: (x) => x / (1 + Math.exp(-x)),
};

/** A loop over φ. */
export function plainElementwise({
  activation: name,
  direction,
  n,
}: Extract<Work, { kind: 'elementwise' }>): PreparedWork {
  const phi = direction === 'forward' ? functions[name] : undefined;
  if (!phi) throw new Error(`${name} ${direction} is not written in plain JavaScript`);
  const x = uniform(1, n, activationScale);
  const y = new Float32Array(n);
  return {
    run() {
      for (let i = 0; i < n; i++) y[i] = phi(x[i]);
    },
    result: () => digest(y),
  };
}
