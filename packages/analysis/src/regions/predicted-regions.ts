import { expectedCrossings, hyperplaneRegions, maxLinearRegions } from '@relu-lab/theory';
import type { LinearProgram, Step } from './linear-program.ts';

/** What theory says of the number of linear regions. */
export interface PredictedRegions {
  /**
   * No network of these layers has more: Serra et al. 2018 for a chain of ReLU layers, else the product over layers of the
   * regions that all their kinks could cut (Raghu et al. 2017).
   */
  readonly upperBound: number;
  /** Some ReLU network of these widths has at least so many (Montúfar et al. 2014); null for other networks. */
  readonly montufarLowerBound: number | null;
  /**
   * For one hidden layer of units with one kink each: what they cut when all crossings lie in the window, 1 + n on a line,
   * 1 + n + C(n, 2) in the plane (Zaslavsky 1975); null for other networks.
   */
  readonly generalPosition: number | null;
}

/** How the weights of a network were drawn: the same in every layer. */
export interface RandomInitialization {
  /** σ_w² = fanIn × Var[W]; He is 2. */
  readonly weightVariance: number;
  /** σ_b, deviation of the biases; above 0. */
  readonly biasDeviation: number;
}

type BendingStep = Extract<Step, { kind: 'bend' | 'maxout' }>;

export function bendingSteps({ steps }: LinearProgram): readonly BendingStep[] {
  return steps.filter((step): step is BendingStep => step.kind === 'bend' || step.kind === 'maxout');
}

/** Bounds for a window of 1 or 2 dimensions. */
export function predictedRegions(program: LinearProgram, windowDimension: number): PredictedRegions {
  const inputs = Math.min(windowDimension, program.inputs);
  const bends = bendingSteps(program);
  const hyperplanes = bends.map((step) => kinksOf(step, inputs));
  const cuts = hyperplanes.map((count) => hyperplaneRegions({ hyperplanes: count, dimension: inputs }));
  const oneKinkEach = bends.length === 1 && bends[0].kind === 'bend' && hyperplanes[0] === bends[0].width;
  const generalPosition = oneKinkEach && program.isChain ? cuts[0] : null;
  if (!isReluChain(program)) {
    return {
      upperBound: cuts.reduce((product, count) => product * count, 1),
      montufarLowerBound: null,
      generalPosition,
    };
  }
  const bounds = maxLinearRegions({ inputs, widths: bends.map(({ width }) => width) });
  return {
    upperBound: bounds.upperBound,
    montufarLowerBound: isAlternating(program) ? bounds.montufarLowerBound : null,
    generalPosition,
  };
}

/** Hyperplanes on which units of a layer bend: on a line the upper envelope of k pieces has k − 1 corners, in the plane at most one edge for each two. */
function kinksOf(step: BendingStep, inputs: number): number {
  if (step.kind === 'bend') return step.pieces.reduce((sum, { kinks }) => sum + kinks.length, 0);
  const { pieces, width } = step;
  return width * (inputs === 1 ? pieces - 1 : (pieces * (pieces - 1)) / 2);
}

export function isReluChain(program: LinearProgram): boolean {
  const bends = bendingSteps(program);
  return program.isChain && bends.length > 0 && bends.every((step) => step.kind === 'bend' && step.isRelu);
}

/** Whether dense layers and activations take turns: two dense layers in a row can be a bottleneck. */
function isAlternating({ steps }: LinearProgram): boolean {
  const kinds = steps.map(({ kind }) => kind).filter((kind) => kind !== 'scale');
  return kinds.every((kind, i) => kind === (i % 2 === 0 ? 'dense' : 'bend'));
}

/**
 * How often, on average, a unit of hidden layer `layer` of a random ReLU network changes sign between two points: the formula of
 * {@link expectedCrossings} for any segment. In n inputs a point at s along a line that passes the origin at distance d has
 * Var z = v (s² + d²)/n + B, so that crossings lie with density (1/π) k/(1 + k² s²), k² = (v/n)/(v d²/n + B).
 */
export function expectedOnSegment(
  from: readonly number[],
  to: readonly number[],
  layer: number,
  initialization: RandomInitialization,
): number {
  const length = Math.hypot(...to.map((x, i) => x - from[i]));
  const along = (point: readonly number[]): number =>
    point.reduce((sum, x, i) => sum + (x * (to[i] - from[i])) / length, 0);
  const start = along(from);
  const distanceSquared = from.reduce((sum, x, i) => sum + (x - (start * (to[i] - from[i])) / length) ** 2, 0);
  const onUnit = expectedCrossings({ layer, halfWidth: 1, ...initialization });
  const ratio = Math.tan((Math.PI / 2) * onUnit) ** 2 / from.length;
  const k = Math.sqrt(ratio / (1 + ratio * distanceSquared));
  return (Math.atan(k * along(to)) - Math.atan(k * start)) / Math.PI;
}
