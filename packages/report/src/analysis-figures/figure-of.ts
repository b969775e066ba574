import type {
  ActivationCost,
  BornDeadShares,
  CoordinateCheck,
  DeadUnits,
  DepthGrowth,
  DyingDoseResponse,
  FiniteWidthSpread,
  FoldMap,
  GradientFlow,
  GradientTimeline,
  InitSensitivity,
  LinearRegionsOnLine,
  LinearRegionsOnPlane,
  PreActivationHistograms,
  RegionCountsDuringTraining,
  RegionsByDepth,
  RegionsUnderNoise,
  Saturation,
  SelfNormalization,
  Sparsity,
  TrainableDepthMap,
  UnitTimeline,
} from '@relu-lab/analysis';
import { ParameterError, didYouMean } from '@relu-lab/core';
import type { Figure } from '../figures/figure.ts';
import { activationCostFigure } from './activation-cost.ts';
import { bornDeadFigure } from './born-dead.ts';
import { coordinateCheckFigure } from './coordinate-check.ts';
import { deadUnitsFigure } from './dead-units.ts';
import { depthGrowthFigure } from './depth-growth.ts';
import { doseResponseFigure } from './dose-response.ts';
import { finiteWidthSpreadFigure } from './finite-width-spread.ts';
import { foldMapFigure } from './fold-map.ts';
import { gradientFlowFigure } from './gradient-flow.ts';
import { gradientTimelineFigure } from './gradient-timeline.ts';
import { initSensitivityFigure } from './init-sensitivity.ts';
import { linearRegionsOnLineFigure } from './linear-regions-on-line.ts';
import { linearRegionsOnPlaneFigure } from './linear-regions-on-plane.ts';
import { preActivationHistogramsFigure } from './pre-activation-histograms.ts';
import { regionCountsDuringTrainingFigure } from './region-counts-during-training.ts';
import { regionsByDepthFigure } from './regions-by-depth.ts';
import { regionsUnderNoiseFigure } from './regions-under-noise.ts';
import { saturationFigure } from './saturation.ts';
import { selfNormalizationFigure } from './self-normalization.ts';
import { sparsityFigure } from './sparsity.ts';
import { trainableDepthFigure } from './trainable-depth.ts';
import { unitTimelineFigure } from './unit-timeline.ts';

/** The results that know their figure, by kind. */
interface Drawable {
  readonly 'activation-cost': ActivationCost;
  readonly 'born-dead': BornDeadShares;
  readonly 'coordinate-check': CoordinateCheck;
  readonly 'dead-units': DeadUnits;
  readonly 'depth-growth': DepthGrowth;
  readonly 'dose-response': DyingDoseResponse;
  readonly 'finite-width-spread': FiniteWidthSpread;
  readonly 'fold-map': FoldMap;
  readonly 'gradient-flow': GradientFlow;
  readonly 'gradient-timeline': GradientTimeline;
  readonly 'init-sensitivity': InitSensitivity;
  readonly 'linear-regions-on-line': LinearRegionsOnLine;
  readonly 'linear-regions-on-plane': LinearRegionsOnPlane;
  readonly 'pre-activation-histograms': PreActivationHistograms;
  readonly 'region-counts-during-training': RegionCountsDuringTraining;
  readonly 'regions-by-depth': RegionsByDepth;
  readonly 'regions-under-noise': RegionsUnderNoise;
  readonly saturation: Saturation;
  readonly 'self-normalization': SelfNormalization;
  readonly sparsity: Sparsity;
  readonly 'trainable-depth': TrainableDepthMap;
  readonly 'unit-timeline': UnitTimeline;
}

const makers: { readonly [Kind in keyof Drawable]: (result: Drawable[Kind]) => Figure } = {
  'activation-cost': activationCostFigure,
  'born-dead': bornDeadFigure,
  'coordinate-check': coordinateCheckFigure,
  'dead-units': deadUnitsFigure,
  'depth-growth': depthGrowthFigure,
  'dose-response': doseResponseFigure,
  'finite-width-spread': finiteWidthSpreadFigure,
  'fold-map': foldMapFigure,
  'gradient-flow': gradientFlowFigure,
  'gradient-timeline': gradientTimelineFigure,
  'init-sensitivity': initSensitivityFigure,
  'linear-regions-on-line': linearRegionsOnLineFigure,
  'linear-regions-on-plane': linearRegionsOnPlaneFigure,
  'pre-activation-histograms': preActivationHistogramsFigure,
  'region-counts-during-training': regionCountsDuringTrainingFigure,
  'regions-by-depth': regionsByDepthFigure,
  'regions-under-noise': regionsUnderNoiseFigure,
  saturation: saturationFigure,
  'self-normalization': selfNormalizationFigure,
  sparsity: sparsityFigure,
  'trainable-depth': trainableDepthFigure,
  'unit-timeline': unitTimelineFigure,
};

/** A result of `@relu-lab/analysis` that knows its figure. */
export type DrawableResult = Drawable[keyof Drawable];

/** Whether {@link figureOf} has a figure for the value. */
export function isDrawable(value: unknown): value is DrawableResult {
  return typeof value === 'object' && value !== null && 'kind' in value && Object.hasOwn(makers, String(value.kind));
}

/**
 * The figure of a result of `@relu-lab/analysis`, found by its `kind`: what was measured, and beside it what theory predicts
 * where the result says it.
 *
 * @throws ParameterError for what is no such result, naming the kinds that have a figure.
 */
export function figureOf(result: DrawableResult): Figure {
  if (isDrawable(result)) return (makers[result.kind] as (result: DrawableResult) => Figure)(result);
  const kinds = Object.keys(makers);
  const kind: unknown = (result as { readonly kind?: unknown } | null | undefined)?.kind;
  const found =
    kind === undefined ? 'a value without a kind' : `the kind '${String(kind)}'${didYouMean(String(kind), kinds)}`;
  throw new ParameterError(`There is no figure for ${found}; there are figures for ${kinds.join(', ')}`);
}
