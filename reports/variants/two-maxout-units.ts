import { maxout, random } from '@relu-lab/core';
import { Network, activate, dense } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';

export interface PiecesCondition {
  /** Pieces of a unit, one number a network. */
  readonly pieces: readonly number[];
}

/** A function of one number on [−1, 1]. */
export type Curve = (x: number) => number;

/** Points between two knots at which the error is looked up. */
const between = 16;

/**
 * How well maxout units follow a smooth curve on [−1, 1] when their pieces are set by hand: one unit a random convex curve, and the difference
 * of two units a random curve that is not convex. Rows of kind `pieces`: how many units, how many pieces each has, and the greatest distance
 * between curve and network.
 *
 * Nothing is trained: this is what such units can be, not what they become.
 */
export function followCurves({ pieces }: PiecesCondition, seed: number): readonly Row[] {
  const [convex, waves] = [convexCurve(seed), randomWaves(seed)];
  return pieces.flatMap((count) => [
    { kind: 'pieces', seed, units: 1, pieces: count, error: greatestDistance(convex, oneUnit(convex, count), count) },
    { kind: 'pieces', seed, units: 2, pieces: count, error: greatestDistance(waves, twoUnits(waves, count), count) },
  ]);
}

/** A sum of exponential functions with positive weights, which is convex. */
export function convexCurve(seed: number): Curve {
  const stream = random(seed).stream('convex');
  const terms = [1, 2, 3].map(() => ({ weight: Math.abs(stream.normal()), rate: 2 * stream.normal() }));
  return (x) => terms.reduce((sum, { weight, rate }) => sum + weight * Math.exp(rate * x), 0);
}

/** A trigonometric polynomial. */
export function randomWaves(seed: number): Curve {
  const stream = random(seed).stream('waves');
  const waves = [1, 2, 3].map((frequency) => ({
    frequency,
    size: stream.normal(),
    phase: stream.uniform(0, 2 * Math.PI),
  }));
  return (x) =>
    waves.reduce((sum, { frequency, size, phase }) => sum + size * Math.sin(frequency * Math.PI * x + phase), 0);
}

/** One maxout unit whose pieces are the chords of a convex curve between evenly spaced knots: the largest is the one that is meant. */
export function oneUnit(convex: Curve, pieces: number): Network {
  return networkOf([linesOf(convex(-1), chordSlopes(convex, pieces))], [1]);
}

/**
 * Two maxout units whose difference is any curve, straight between evenly spaced knots: the first bends upwards where the curve does, the second
 * where it bends downwards, so that both are convex.
 */
export function twoUnits(curve: Curve, pieces: number): Network {
  const slopes = chordSlopes(curve, pieces);
  let [up, down] = [slopes[0], 0];
  const bends = slopes.map((slope, i) => {
    const change = i === 0 ? 0 : slope - slopes[i - 1];
    up += Math.max(0, change);
    down += Math.max(0, -change);
    return { up, down };
  });
  const units = [
    linesOf(
      curve(-1),
      bends.map((bend) => bend.up),
    ),
    linesOf(
      0,
      bends.map((bend) => bend.down),
    ),
  ];
  return networkOf(units, [1, -1]);
}

function chordSlopes(curve: Curve, pieces: number): readonly number[] {
  const step = 2 / pieces;
  return Array.from({ length: pieces }, (_, i) => (curve(-1 + (i + 1) * step) - curve(-1 + i * step)) / step);
}

interface Line {
  readonly slope: number;
  readonly offset: number;
}

/** The lines of a broken line that starts from `start` at −1 and has these slopes on as many equal parts of [−1, 1]. */
function linesOf(start: number, slopes: readonly number[]): readonly Line[] {
  const step = 2 / slopes.length;
  let value = start;
  return slopes.map((slope, i) => {
    const line = { slope, offset: value - slope * (-1 + i * step) };
    value += slope * step;
    return line;
  });
}

/** A maxout unit of each list of lines, and the sum of the units with these weights. */
function networkOf(units: readonly (readonly Line[])[], weights: readonly number[]): Network {
  const pieces = units[0].length;
  const network = new Network({
    inputs: 1,
    layers: [dense({ units: units.length * pieces }), activate(maxout({ pieces })), dense({ units: 1 })],
    backend: 'reference',
    precision: 'float64',
  });
  const lines = units.flat();
  network.setParameter(
    'dense1.weight',
    lines.map(({ slope }) => slope),
  );
  network.setParameter(
    'dense1.bias',
    lines.map(({ offset }) => offset),
  );
  network.setParameter('dense2.weight', weights);
  return network;
}

function greatestDistance(curve: Curve, network: Network, pieces: number): number {
  const steps = pieces * between;
  const x = Float64Array.from({ length: steps + 1 }, (_, i) => -1 + (2 * i) / steps);
  const y = network.forward(x);
  return x.reduce((greatest, value, i) => Math.max(greatest, Math.abs(y[i] - curve(value))), 0);
}
