import { ParameterError } from '@relu-lab/core';
import type { LayerTimeline, UnitState } from './timeline.ts';

/** A stretch of checks at which a unit was in one state. */
export interface UnitRun {
  readonly state: UnitState;
  /** Steps done at the first and at the last check of the stretch. */
  readonly from: number;
  readonly to: number;
}

/**
 * What one unit was through a run, stretch by stretch.
 *
 * @param timeline - the timeline, for its `steps`, and the layer of it.
 * @throws ParameterError when the layer has no such unit.
 */
export function unitRuns(steps: readonly number[], layer: LayerTimeline, unit: number): readonly UnitRun[] {
  if (!Number.isInteger(unit) || unit < 0 || unit >= layer.units) {
    throw new ParameterError(`'${layer.name}' has units 0 to ${layer.units - 1}, not ${String(unit)}`);
  }
  const runs: UnitRun[] = [];
  steps.forEach((step, check) => {
    const state = unitState(layer, unit, check);
    const last = runs[runs.length - 1];
    if (last?.state === state) runs[runs.length - 1] = { ...last, to: step };
    else runs.push({ state, from: step, to: step });
  });
  return runs;
}

/** What a unit was at a check (an index into the timeline's `steps`). */
export function unitState(layer: LayerTimeline, unit: number, check: number): UnitState {
  const byte = check * layer.bytesPerCheck + (unit >> 3);
  const bit = 1 << (unit & 7);
  if ((layer.dead[byte] & bit) !== 0) return 'dead';
  return (layer.alwaysOn[byte] & bit) !== 0 ? 'always-on' : 'alive';
}
