import type { KillingStep } from './death-causes.ts';
import type { UnitTimeline } from './timeline.ts';

/** A training step, as a watch sees it. */
export type WatchedStep = KillingStep & { readonly step: number };

/** How a run is followed: when all samples are looked at. */
export interface Watch {
  step(view: WatchedStep): void;
  finish(steps: number): void;
  result(): UnitTimeline;
}
