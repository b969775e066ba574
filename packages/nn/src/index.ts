export type {
  Layer,
  LayerDefinition,
  LayerKind,
  LayerRole,
  Mode,
  Parameter,
  ParameterRole,
  Pass,
  Placement,
  Site,
  Statistic,
  Wires,
} from './layer.ts';
export { type ActivateOptions, activate, elementwise } from './layers/activate.ts';
export { type AddOptions, add } from './layers/add.ts';
export { type BatchNormOptions, batchNorm } from './layers/batch-norm.ts';
export { type DenseOptions, dense } from './layers/dense.ts';
export { type DropoutOptions, alphaDropout, dropout } from './layers/dropout.ts';
export { flatten } from './layers/flatten.ts';
export { type LayerNormOptions, layerNorm } from './layers/layer-norm.ts';
export { type LearnedPreluOptions, type SlopeSharing, learnedPrelu } from './layers/learned-prelu.ts';
export { maxoutUnits } from './layers/maxout-units.ts';
export { randomizedRelu } from './layers/randomized-relu.ts';

export { type ForwardOptions, Network, type NetworkOptions } from './network.ts';
export type { Snapshot, Values } from './snapshot.ts';
export { type MlpOptions, mlp } from './mlp.ts';
export { recommendedInitializer } from './recommended-initializer.ts';
export { type LsuvLayer, type LsuvOptions, lsuv } from './lsuv.ts';

export {
  type Loss,
  type LossOptions,
  type LossWires,
  checkFit,
  crossEntropy,
  meanSquaredError,
} from './losses/loss.ts';
export { BatchFeed } from './batch-feed.ts';
export { checkNetwork } from './checks.ts';
export { type Evaluation, evaluate } from './evaluate.ts';
export type { Optimizer, Segment } from './optimizers/optimizer.ts';
export { Updater } from './optimizers/updater.ts';
export { type SgdOptions, sgd } from './optimizers/sgd.ts';
export { type RmspropOptions, rmsprop } from './optimizers/rmsprop.ts';
export { type AdamOptions, adam, adamW } from './optimizers/adam.ts';
export { type Schedule, constant, cosine, stepDecay, warmup } from './schedule.ts';
export { type Clipping, clipNorm, clipValue } from './clipping.ts';
export type { Divergence } from './divergence.ts';
export type { Probe, RunFacts, StepView } from './probe.ts';
export { train } from './train.ts';
export type { TrainOptions } from './train-options.ts';
export type { EpochRecord, TrainProgress, TrainResult, TrainTiming } from './train-result.ts';
