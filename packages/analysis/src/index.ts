export { type LayerSparsity, type Sparsity, sparsity } from './sparsity.ts';
export type { ExpectedDead } from './expected-dead.ts';
export { type DeadUnits, type DeadUnitsOptions, type LayerDeadUnits, type UnitFates, deadUnits } from './dead-units.ts';
export type { GradientVerdict } from './gradient-verdict.ts';
export { type GradientFlow, type GradientFlowOptions, type LayerGradientFlow, gradientFlow } from './gradient-flow.ts';

// Linear regions
export {
  type Knots,
  type LayerCrossings,
  type Line,
  type LinearRegionsOnLine,
  type LinearRegionsOnLineOptions,
  type Pieces,
  linearRegionsOnLine,
} from './regions/line.ts';
export { type LinearRegionsOnPlane, type LinearRegionsOnPlaneOptions, linearRegionsOnPlane } from './regions/plane.ts';
export type { Plane, PlaneWindow, Polygons } from './regions/plane-window.ts';
export type { PredictedRegions, RandomInitialization } from './regions/predicted-regions.ts';
export type { Point } from './regions/window-options.ts';
export { type FoldMap, type FoldMapOptions, type FoldProjection, type LayerFold, foldMap } from './regions/fold-map.ts';
export {
  type NoiseLevel,
  type NoiseScale,
  type NoisyCount,
  type RegionsUnderNoise,
  type RegionsUnderNoiseOptions,
  regionsUnderNoise,
} from './regions/regions-under-noise.ts';
export {
  type RegionCountsDuringTraining,
  type RegionCountsOptions,
  type RegionCountsProbe,
  regionCountsDuringTraining,
} from './regions/region-counts-during-training.ts';
export type { WindowInput } from './regions/window-input.ts';
export {
  type CrossingsParameters,
  type CrossingsRow,
  type FoldingParameters,
  type FoldingRow,
  type RegionCountParameters,
  type RegionCountRow,
  crossingsExperiment,
  foldingExperiment,
  regionCountExperiment,
  runCrossings,
  runFolding,
  runRegionCount,
} from './regions/experiments.ts';
export {
  type RegionsAtDepth,
  type RegionsByDepth,
  type RegionsByDepthOptions,
  regionsByDepth,
  summarizeRegionCounts,
} from './regions/regions-by-depth.ts';
export { type RandomReluNetwork, randomReluNetwork } from './regions/random-relu-network.ts';
export { type FoldingOptions, paperFoldingNetwork, tentMapNetwork } from './regions/folding-networks.ts';

// Units, signals and gradients
export { type UnitTimelineOptions, type UnitTimelineProbe, unitTimeline } from './unit-timeline/unit-timeline.ts';
export { type UnitRun, unitRuns, unitState } from './unit-timeline/unit-runs.ts';
export type {
  DeathCause,
  LayerTimeline,
  TimelineCoverage,
  UnitDeath,
  UnitRevival,
  UnitState,
  UnitTimeline,
} from './unit-timeline/timeline.ts';
export { type LayerSaturation, type Saturation, type SaturationOptions, saturation } from './saturation.ts';
export {
  type LayerHistograms,
  type PreActivationHistograms,
  type PreActivationHistogramsOptions,
  type PreActivationHistogramsProbe,
  preActivationHistograms,
} from './pre-activation-histograms.ts';
export {
  type GradientTimeline,
  type GradientTimelineOptions,
  type GradientTimelineProbe,
  type LayerGradientTimeline,
  gradientTimeline,
} from './gradient-timeline.ts';
export {
  type DepthGrowth,
  type DepthGrowthOptions,
  type DepthVerdict,
  type GrowthRate,
  depthGrowth,
} from './depth-growth.ts';
export {
  type MeanAndVariance,
  type SelfNormalization,
  type SelfNormalizationOptions,
  selfNormalization,
} from './self-normalization.ts';
export {
  type Coordinate,
  type CoordinateCheck,
  type CoordinateCheckOptions,
  type CoordinateScaling,
  coordinateCheck,
} from './coordinate-check.ts';
export { type Parametrization, type ParametrizationOptions, parametrization } from './parametrization.ts';
export {
  type ActivationCost,
  type ActivationCostOptions,
  type ActivationTiming,
  type ClockSummary,
  activationCost,
} from './activation-cost.ts';
export { type KernelTiming, type KernelTimingOptions, type KernelTimings, timeKernels } from './kernel-timings.ts';
export { type StepTiming, type StepTimingOptions, timeSteps } from './step-timings.ts';

// Statistics over seeds
export { type SeedSummary, type SeedSummaryOptions, summarizeSeeds } from './statistics/seed-summary.ts';
export { type Outcome, type SplitOutcomes, splitOutcomes } from './statistics/outcome.ts';
export { type OutcomeSummary, type OutcomeSummaryOptions, summarizeOutcomes } from './statistics/outcome-summary.ts';
export { type QuantileOptions, type QuantileType, median, quantile, quantiles } from './statistics/quantile.ts';
export { type LevelOptions, type MedianInterval, medianInterval } from './statistics/order-interval.ts';
export {
  type BootstrapInterval,
  type BootstrapOptions,
  type Statistic,
  bootstrapInterval,
} from './statistics/bootstrap.ts';
export { type Proportion, type ProportionOptions, proportion } from './statistics/proportion.ts';
export { type DivergedPairs, type PairedDifferences, pairedDifferences } from './statistics/pairs.ts';
export type { Alternative, PairedTest, PairedTestOptions } from './statistics/paired-test.ts';
export { pairedTTest } from './statistics/paired-t-test.ts';
export { wilcoxonSignedRank } from './statistics/wilcoxon.ts';
export { type SignFlipOptions, signFlipTest } from './statistics/sign-flip.ts';
export { type PairedEffect, pairedEffect } from './statistics/paired-effect.ts';
export { type Superiority, superiority } from './statistics/superiority.ts';
export { type CompareSeedsOptions, type SeedComparison, compareSeeds } from './statistics/compare-seeds.ts';
export { holm } from './statistics/holm.ts';
export { type LineFit, fitLine } from './statistics/line-fit.ts';
export { type GrowthFit, type GrowthFitOptions, type PowerFit, fitGrowth, fitPower } from './statistics/growth-fit.ts';

// Experiments
export {
  type BornDeadCell,
  type BornDeadOptions,
  type BornDeadParameters,
  type BornDeadRow,
  type BornDeadShares,
  bornDead,
  bornDeadExperiment,
  runBornDead,
  summarizeBornDead,
} from './experiments/born-dead.ts';
export {
  type FiniteWidthCell,
  type FiniteWidthParameters,
  type FiniteWidthRow,
  type FiniteWidthSpread,
  type FiniteWidthSpreadOptions,
  finiteWidthExperiment,
  finiteWidthSpread,
  runFiniteWidth,
  summarizeFiniteWidth,
} from './experiments/finite-width-spread.ts';
export {
  type ExperimentData,
  type ExperimentDataName,
  experimentData,
  experimentDataNames,
} from './experiments/experiment-data.ts';
export type { GridRunOptions } from './experiments/run-grid.ts';
export type { TrainingParameters } from './experiments/training-outcome.ts';
export {
  type InitSensitivity,
  type InitSensitivityCell,
  type InitSensitivityOptions,
  type InitSensitivityParameters,
  type InitSensitivityRow,
  initSensitivity,
  initSensitivityExperiment,
  runInitSensitivity,
  summarizeInitSensitivity,
} from './experiments/init-sensitivity.ts';
export {
  type TrainableDepthCell,
  type TrainableDepthMap,
  type TrainableDepthMapOptions,
  type TrainableDepthParameters,
  type TrainableDepthRow,
  runTrainableDepth,
  summarizeTrainableDepth,
  trainableDepthExperiment,
  trainableDepthMap,
} from './experiments/trainable-depth-map.ts';
export {
  type DyingCell,
  type DyingDoseResponse,
  type DyingDoseResponseOptions,
  type DyingParameters,
  type DyingRow,
  dyingDoseResponse,
  dyingExperiment,
  runDying,
  summarizeDying,
} from './experiments/dying-dose-response.ts';
export type { Dying } from './experiments/dying-dose.ts';

// Diagnosis
export type {
  Change,
  Diagnosis,
  Evidence,
  Finding,
  Illness,
  Remedy,
  Severity,
  Skipped,
  Trial,
  TrialLoss,
} from './diagnosis/diagnosis.ts';
export { type DiagnoseOptions, diagnose } from './diagnosis/diagnose.ts';
export { explainDiagnosis } from './diagnosis/explain.ts';
