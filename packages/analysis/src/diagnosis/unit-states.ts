import type { ElementwiseActivation } from '@relu-lab/core';
import type { Layer } from '@relu-lab/nn';
import { normalCumulative } from '@relu-lab/core';
import { zeroRegions } from '../zero-region.ts';

/** What the units of an activation layer do on the samples. Indices of units. */
export interface UnitStates {
  readonly units: number;
  /** Whether some unit can be silent: constant 0 on an interval. */
  readonly hasZeroRegion: boolean;
  /** Output 0 and slope 0 on every sample. */
  readonly dead: readonly number[];
  /**
   * Not dead, and on one side of every kink on all samples: a unit is then affine on the data. Always empty where `bendsAtZero` is
   * false.
   */
  readonly oneSided: readonly number[];
  /** Whether the activation is made of straight pieces and bends at 0, in the middle of what pre-activations are meant to be. */
  readonly bendsAtZero: boolean;
  /**
   * Share of elements (samples × units) whose slope is below 1 % of the activation's steepest, in a region where a standard normal
   * pre-activation is not meant to be (less than one in 20 falls there). Null where the activation has no such region.
   */
  readonly saturatedShare: number | null;
  /** Units saturated on every sample; empty where `saturatedShare` is null. */
  readonly saturated: readonly number[];
}

/** Share of the steepest slope below which an element learns next to nothing. */
const flat = 0.01;

/** Reads the states of the units off one pass: `preActivations` rows × inputs, `outputs` rows × units. */
export function unitStates(layer: Layer, preActivations: ArrayLike<number>, outputs: ArrayLike<number>): UnitStates {
  const { activation, outputs: units } = layer;
  if (activation?.kind !== 'elementwise') {
    return {
      units,
      hasZeroRegion: false,
      dead: [],
      oneSided: [],
      bendsAtZero: false,
      saturatedShare: null,
      saturated: [],
    };
  }
  const zeroRegion = zeroRegions(layer);
  const bendsAtZero = isBentLine(activation);
  const isFlat = flatness(activation);
  const rows = outputs.length / units;
  const silent = new Uint32Array(units);
  const saturated = new Uint32Array(units);
  const lowest = new Float64Array(units).fill(Infinity);
  const highest = new Float64Array(units).fill(-Infinity);
  for (let i = 0; i < outputs.length; i++) {
    const unit = i % units;
    const z = preActivations[i];
    if (z < lowest[unit]) lowest[unit] = z;
    if (z > highest[unit]) highest[unit] = z;
    if (zeroRegion[unit] && outputs[i] === 0 && layer.slopeAt?.(z, unit) === 0) silent[unit]++;
    if (isFlat?.(z)) saturated[unit]++;
  }
  const all = Array.from({ length: units }, (_, unit) => unit);
  const dead = all.filter((unit) => silent[unit] === rows);
  const crosses = (unit: number): boolean =>
    activation.kinks.some((kink) => lowest[unit] <= kink && highest[unit] >= kink);
  return {
    units,
    hasZeroRegion: zeroRegion.includes(true),
    dead,
    bendsAtZero,
    oneSided: bendsAtZero ? all.filter((unit) => silent[unit] < rows && !crosses(unit)) : [],
    saturatedShare: isFlat ? saturated.reduce((sum, count) => sum + count, 0) / outputs.length : null,
    saturated: isFlat ? all.filter((unit) => saturated[unit] === rows) : [],
  };
}

/** Whether φ is straight between its kinks, and 0 is one of them. */
function isBentLine({ kinks, derivative }: ElementwiseActivation): boolean {
  if (!kinks.includes(0)) return false;
  const bounds = [kinks[0] - 10, ...kinks, kinks[kinks.length - 1] + 10];
  return bounds.slice(1).every((to, i) => {
    const from = bounds[i];
    const slopes = [0.1, 0.5, 0.9].map((share) => derivative(from + share * (to - from)));
    return slopes.every((slope) => slope === slopes[0]);
  });
}

const known = new WeakMap<ElementwiseActivation, ((z: number) => boolean) | null>();

/**
 * Where φ is flat beyond its ordinary range, as a test of one z; null where it is not. By the slope of φ itself: a large z where φ goes on
 * rising is no saturation, and neither is the half of the line that a rectifier is meant to shut off.
 */
function flatness(activation: ElementwiseActivation): ((z: number) => boolean) | null {
  const found = known.get(activation);
  if (found !== undefined) return found;
  const test = findFlatness(activation);
  known.set(activation, test);
  return test;
}

/** Flat tails: intervals (−∞, low) and (high, ∞) of pre-activations. */
function findFlatness(activation: ElementwiseActivation): ((z: number) => boolean) | null {
  const grid = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100);
  const slopes = grid.map((z) => Math.abs(activation.derivative(z)));
  const limit = flat * Math.max(...slopes);
  const low = tail(grid, slopes, limit);
  const high = -tail(grid.map((z) => -z).reverse(), [...slopes].reverse(), limit);
  if (low === -Infinity && high === Infinity) return null;
  return (z) => z < low || z > high;
}

/** End of the flat tail on the left; −∞ when there is none, or it is where an ordinary pre-activation often is. */
function tail(grid: readonly number[], slopes: readonly number[], limit: number): number {
  const end = slopes.findIndex((slope) => slope > limit);
  if (end <= 0) return -Infinity;
  const from = grid[end - 1];
  return normalCumulative(from) < 0.05 ? from : -Infinity;
}
