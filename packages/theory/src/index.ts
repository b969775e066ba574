// Moments
export { type Moments, type Normal, moments } from './moments.ts';
export { type MaxoutMoments, maxoutMoments } from './maxout-moments.ts';

// Mean field
export { type LayerAtLength, type LayerVariances, lengthMap, lengthSlope } from './length-map.ts';
export type { FixedPoint } from './fixed-points.ts';
export { type MeanField, meanField } from './mean-field.ts';
export { type CriticalPoint, type EdgeOfChaos, edgeOfChaos } from './edge-of-chaos.ts';
export { type Phase, type PhaseDiagramOptions, type PhasePoint, phaseDiagram } from './phase-diagram.ts';

// Correlations and kernels
export { type CorrelationOptions, correlationMap, correlationSlope } from './correlation-map.ts';
export { type CorrelationFixedPoint, correlationFixedPoint } from './correlation-fixed-point.ts';
export { type NeuralTangentKernel, type NtkOptions, ntk } from './ntk.ts';

// Dead units and zeros
export { type BornDead, type BornDeadOptions, bornDeadProbability } from './born-dead.ts';
export { normalQuantile } from './normal-quantile.ts';
export { type DeadOnData, type DeadOnDataOptions, deadOnData } from './dead-on-data.ts';
export { type DeadByLayerOptions, type LayerDeadOnData, deadByLayer } from './dead-by-layer.ts';
export { type BatchNormScale, type ZeroFractionOptions, batchNormZeroFraction, zeroFraction } from './zero-fraction.ts';

// Finite width and depth
export { type FiniteWidth, finiteWidth } from './finite-width.ts';
export { type LayerSignal, type SignalGrowthOptions, signalGrowth } from './signal-growth.ts';
export { batchNormGrowth } from './batch-norm-growth.ts';
export { type ResidualGrowth, type ResidualOptions, fixupScale, residualGrowth } from './residual-growth.ts';
export { type TrainableDepth, type TrainableDepthOptions, trainableDepth } from './trainable-depth.ts';

// Linear regions
export {
  type LinearRegionsOptions,
  type MaxLinearRegions,
  hyperplaneRegions,
  maxLinearRegions,
} from './linear-regions.ts';
export { type CrossingsOptions, expectedCrossings } from './crossings.ts';
export { type TentLayer, type TentMap, tentMap } from './tent-map.ts';

// SELU
export { type SeluFixedPoint, type SeluFixedPointOptions, seluFixedPoint } from './selu-fixed-point.ts';
export { type SeluDomain, type SeluMap, type SeluMapOptions, seluContractionDomain, seluMap } from './selu-map.ts';
