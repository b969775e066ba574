import type { ElementwiseActivation } from '../activation.ts';
import { slopeAtKink } from './subgradient.ts';

type TwoSlopes = Pick<
  ElementwiseActivation,
  'kinks' | 'range' | 'positivelyHomogeneous' | 'value' | 'derivative' | 'derivativeFromOutput' | 'kernel'
>;

/** φ(x) = x for x > 0, `slope` x otherwise: what leaky ReLU, PReLU and RReLU (in evaluation) have in common. */
export function twoSlopes(slope: number, subgradient: number): TwoSlopes {
  const atKink = slopeAtKink(slope, 1, subgradient);
  const derivative = (x: number): number => (x > 0 ? 1 : x < 0 ? slope : x === 0 ? atKink : NaN);
  // The output has the sign of x when the slope is above 0, and says whether x is above 0 when it is 0; and where a tiny x times
  // the slope is 0, the output tells the derivative only if that is the same at 0 as below.
  const outputTells = slope >= 0 && (slope >= 1 || atKink === slope);
  return {
    kinks: slope === 1 ? [] : [0],
    range: { from: slope > 0 ? -Infinity : 0, to: Infinity, closedFrom: slope <= 0, closedTo: false },
    positivelyHomogeneous: true,
    // With slope 0, 0 × −∞ would be NaN: that case is ReLU.
    value: slope === 0 ? (x) => Math.max(0, x) : (x) => (x > 0 ? x : slope * x),
    derivative,
    ...(outputTells && { derivativeFromOutput: derivative }),
    kernel:
      slope === 0 ? { name: 'relu', arguments: [subgradient] } : { name: 'leakyRelu', arguments: [slope, atKink] },
  };
}
