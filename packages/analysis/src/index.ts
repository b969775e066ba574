export { type LayerSparsity, type Sparsity, sparsity } from './sparsity.ts';
export { type DeadUnits, type DeadUnitsOptions, type LayerDeadUnits, type UnitFates, deadUnits } from './dead-units.ts';
export { type GradientFlow, type GradientFlowOptions, type LayerGradientFlow, gradientFlow } from './gradient-flow.ts';
export { type SeedSummary, type SeedSummaryOptions, median, summarizeSeeds } from './seed-summary.ts';
export type {
  DeathCause,
  LayerTimeline,
  UnitDeath,
  UnitRevival,
  UnitState,
  UnitTimeline,
} from './unit-timeline/timeline.ts';
export type { LayerSaturation, Saturation } from './saturation.ts';
export type { LayerHistograms, PreActivationHistograms } from './pre-activation-histograms.ts';
export type { GradientTimeline, LayerGradientTimeline } from './gradient-timeline.ts';
export type { DepthGrowth, GrowthRate } from './depth-growth.ts';
export type { MeanAndVariance, SelfNormalization } from './self-normalization.ts';
export type { Coordinate, CoordinateCheck, CoordinateScaling } from './coordinate-check.ts';
export type { ActivationCost, ActivationTiming, ClockSummary } from './activation-cost.ts';
