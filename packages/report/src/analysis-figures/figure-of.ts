import type { DeadUnits, GradientFlow, Sparsity } from '@relu-lab/analysis';
import { ParameterError, didYouMean } from '@relu-lab/core';
import type { Figure } from '../figures/figure.ts';
import { deadUnitsFigure } from './dead-units.ts';
import { gradientFlowFigure } from './gradient-flow.ts';
import { sparsityFigure } from './sparsity.ts';

/** The results that know their figure, by kind. */
interface Drawable {
  readonly 'dead-units': DeadUnits;
  readonly 'gradient-flow': GradientFlow;
  readonly sparsity: Sparsity;
}

const makers: { readonly [Kind in keyof Drawable]: (result: Drawable[Kind]) => Figure } = {
  'dead-units': deadUnitsFigure,
  'gradient-flow': gradientFlowFigure,
  sparsity: sparsityFigure,
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
