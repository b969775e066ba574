import { backward, forward, random, relu } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';

export interface OperationCondition {
  /** Numbers that go through the kernels. */
  readonly points: number;
}

/**
 * Holds ReLU as it is computed against the least that could be done: one max an element forward, and one comparison backward, which lets
 * the gradient through or not.
 *
 * Rows: one, with the shares of finite float32 numbers, each equally likely, for which either would give another number.
 */
export function compareWithOneOperation({ points }: OperationCondition, seed: number): readonly Row[] {
  const x = anyFloats(points, seed);
  const upstream = new Float32Array(points);
  random(seed).stream('upstream').fillNormal(upstream);
  const outputs = forward(relu, x);
  const gradients = backward(relu, x, upstream);
  return [
    {
      kind: 'operation',
      seed,
      max: share(x, (value, i) => outputs[i] !== Math.max(0, value)),
      comparison: share(x, (value, i) => gradients[i] !== (value > 0 ? upstream[i] : 0)),
    },
  ];
}

/** Random patterns of bits, drawn again where they are no finite number. */
function anyFloats(count: number, seed: number): Float32Array {
  const stream = random(seed).stream('bits');
  const floats = new Float32Array(count);
  const bits = new Uint32Array(floats.buffer);
  for (let i = 0; i < count; i++) {
    do bits[i] = stream.integer(2 ** 32);
    while (!Number.isFinite(floats[i]));
  }
  return floats;
}

function share(values: Float32Array, is: (value: number, index: number) => boolean): number {
  return values.reduce((sum, value, i) => sum + Number(is(value, i)), 0) / values.length;
}
