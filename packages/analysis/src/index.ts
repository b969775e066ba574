export { type LayerSparsity, type Sparsity, sparsity } from './sparsity.ts';
export { type DeadUnits, type DeadUnitsOptions, type LayerDeadUnits, type UnitFates, deadUnits } from './dead-units.ts';
export { type GradientFlow, type GradientFlowOptions, type LayerGradientFlow, gradientFlow } from './gradient-flow.ts';
export { type SeedSummary, type SeedSummaryOptions, median, summarizeSeeds } from './seed-summary.ts';
