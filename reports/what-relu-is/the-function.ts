import { type RandomStream, forward, random, relu, reluWith } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';
import { slopeDepartures, withZeros } from './slopes.ts';

export interface FunctionCondition {
  /** Random numbers that go through the kernel. */
  readonly points: number;
}

/**
 * What ReLU as it is computed does to random numbers. One row:
 *
 * - `departures`: share of all finite float32 numbers, each equally likely, on which it is not max(0, x);
 * - `unattained`: share of the numbers from 0 up that are not the image of themselves;
 * - `negative`: share of outputs below 0;
 * - `inhomogeneous`: share on which relu(c x) is not c relu(x), c a random power of two, which float32 multiplies exactly;
 * - `slopeDepartures`: share of numbers, every tenth of them 0, at which its slope is not 1 for x > 0 and 0 for x ≤ 0;
 * - `slopeDeparturesWithOne`: the same with the derivative 1 at 0;
 * - `additivityDefect`: mean of relu(x) + relu(y) − relu(x + y) over independent standard normal x and y: 0 for what is linear.
 */
export function measureFunction({ points }: FunctionCondition, seed: number): readonly Row[] {
  const stream = random(seed).stream('points');
  const x = anyFloats(points, stream);
  const y = forward(relu, x);
  const factors = x.map(() => 2 ** (stream.integer(17) - 8));
  const scaled = forward(
    relu,
    x.map((value, i) => value * factors[i]),
  );
  const magnitudes = x.map(Math.abs);
  const images = forward(relu, magnitudes);
  const zerosToo = withZeros(x);
  return [
    {
      kind: 'function',
      seed,
      points,
      departures: share(y, (value, i) => value !== (x[i] > 0 ? x[i] : 0)),
      unattained: share(images, (value, i) => value !== magnitudes[i]),
      negative: share(y, (value) => value < 0),
      inhomogeneous: share(scaled, (value, i) => value !== Math.fround(y[i] * factors[i])),
      slopeDepartures: slopeDepartures(relu, zerosToo),
      slopeDeparturesWithOne: slopeDepartures(reluWith({ subgradient: 1 }), zerosToo),
      additivityDefect: additivityDefect(points, stream),
    },
  ];
}

/** Every finite float32 number is equally likely: a random pattern of bits, drawn again where it is no finite number. */
function anyFloats(count: number, stream: RandomStream): Float32Array {
  const floats = new Float32Array(count);
  const bits = new Uint32Array(floats.buffer);
  for (let i = 0; i < count; i++) {
    do bits[i] = stream.integer(2 ** 32);
    while (!Number.isFinite(floats[i]));
  }
  return floats;
}

function additivityDefect(count: number, stream: RandomStream): number {
  const [x, y] = ['x', 'y'].map((name) => {
    const normal = new Float32Array(count);
    stream.stream(name).fillNormal(normal);
    return normal;
  });
  const sum = forward(
    relu,
    x.map((value, i) => value + y[i]),
  );
  const [fx, fy] = [forward(relu, x), forward(relu, y)];
  return sum.reduce((total, value, i) => total + (fx[i] + fy[i] - value), 0) / count;
}

function share(values: Float32Array, holds: (value: number, index: number) => boolean): number {
  return values.reduce((count, value, i) => count + Number(holds(value, i)), 0) / values.length;
}
