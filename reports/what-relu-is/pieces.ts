import { random, relu } from '@relu-lab/core';
import { Network, activate, dense } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';

export interface PiecesCondition {
  /** Units of the hidden layer, one number a network. */
  readonly units: readonly number[];
}

/** Points between two kinks at which the error is looked up. */
const between = 16;

/**
 * How well one hidden layer of ReLU units can follow a smooth curve: a random trigonometric polynomial on [−1, 1] against
 * the network that interpolates it. One row a number of units, of kind `pieces`, with the greatest distance of the two.
 *
 * Nothing is trained: this is what such a network can be, not what it becomes.
 */
export function followCurve({ units }: PiecesCondition, seed: number): readonly Row[] {
  const curve = randomCurve(seed);
  return units.map((count) => {
    const network = interpolatingNetwork(curve, count);
    const x = Float64Array.from({ length: count * between + 1 }, (_, i) => -1 + (2 * i) / (count * between));
    const y = network.forward(x);
    const error = x.reduce((greatest, value, i) => Math.max(greatest, Math.abs(y[i] - curve(value))), 0);
    return { kind: 'pieces', seed, units: count, error };
  });
}

function randomCurve(seed: number): (x: number) => number {
  const stream = random(seed).stream('curve');
  const waves = [1, 2, 3].map((frequency) => ({
    frequency,
    size: stream.normal(),
    phase: stream.uniform(0, 2 * Math.PI),
  }));
  return (x) =>
    waves.reduce((sum, { frequency, size, phase }) => sum + size * Math.sin(frequency * Math.PI * x + phase), 0);
}

/**
 * One hidden layer of ReLU units that meets `curve` at `units` + 1 evenly spaced points of [−1, 1] and is straight between
 * them: f(x) = curve(−1) + Σ aᵢ relu(x − xᵢ), where aᵢ is the change of slope at xᵢ.
 */
export function interpolatingNetwork(curve: (x: number) => number, units: number): Network {
  const network = new Network({
    inputs: 1,
    layers: [dense({ units }), activate(relu), dense({ units: 1 })],
    backend: 'reference',
    precision: 'float64',
  });
  const step = 2 / units;
  const knots = Array.from({ length: units }, (_, i) => -1 + i * step);
  const slopes = knots.map((x) => (curve(x + step) - curve(x)) / step);
  network.setParameter(
    'dense1.weight',
    knots.map(() => 1),
  );
  network.setParameter(
    'dense1.bias',
    knots.map((x) => -x),
  );
  network.setParameter(
    'dense2.weight',
    slopes.map((slope, i) => slope - (i === 0 ? 0 : slopes[i - 1])),
  );
  network.setParameter('dense2.bias', [curve(-1)]);
  return network;
}
