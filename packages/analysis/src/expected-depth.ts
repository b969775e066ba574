import { batchNormGrowth, lengthMap, moments, residualGrowth } from '@relu-lab/theory';
import type { DepthShape } from './depth-growth.ts';

/** What theory expects of wide layers, from the input up. */
export interface ExpectedDepth {
  /** False where theory has nothing: normalised residual networks. The numbers are then NaN. */
  readonly isKnown: boolean;
  readonly secondMoments: readonly number[];
  readonly squaredGradients: readonly number[];
}

/** Second moments of pre-activations (of the stream, in residual networks) and squared gradients with respect to them, for normal inputs of variance 1. */
export function expectedDepth(shape: DepthShape): ExpectedDepth {
  if (shape.residual) return shape.normalization === 'none' ? residual(shape) : unknown(shape.depth + 1);
  return shape.normalization === 'none' ? plain(shape) : normalised(shape);
}

function plain({ activation, depth, weightVariance }: DepthShape): ExpectedDepth {
  const secondMoments = [weightVariance];
  for (let layer = 1; layer < depth; layer++) {
    secondMoments.push(lengthMap(activation, { weightVariance, q: secondMoments[layer - 1] }));
  }
  const hops = secondMoments
    .slice(0, -1)
    .map((q) => weightVariance * moments(activation, { variance: q }).derivativeSecondMoment);
  return { isKnown: true, secondMoments, squaredGradients: fromTheTop(hops) };
}

/** Only the first layer's pre-activations are as large as its inputs; each further one has σ_w² E[φ²]. */
function normalised({ activation, depth, weightVariance, normalization }: DepthShape): ExpectedDepth {
  const { secondMoment, derivativeSecondMoment } = moments(activation);
  const growth = normalization === 'batch' ? batchNormGrowth(activation) : derivativeSecondMoment / secondMoment;
  const secondMoments = Array.from({ length: depth }, (_, i) => weightVariance * (i === 0 ? 1 : secondMoment));
  const hops = Array.from({ length: depth - 1 }, (_, i) => (i === 0 ? derivativeSecondMoment : growth));
  return { isKnown: true, secondMoments, squaredGradients: fromTheTop(hops) };
}

function residual({ activation, depth, weightVariance }: DepthShape): ExpectedDepth {
  const { q, squaredGradient } = residualGrowth(activation, { weightVariance, blocks: depth, q: weightVariance });
  return { isKnown: true, secondMoments: q, squaredGradients: squaredGradient };
}

function unknown(length: number): ExpectedDepth {
  const nothing = Array.from({ length }, () => NaN);
  return { isKnown: false, secondMoments: nothing, squaredGradients: nothing };
}

/** Squared gradients, 1 at the top, from the factor of each step down. */
function fromTheTop(hops: readonly number[]): readonly number[] {
  const gradients = [1];
  for (const hop of [...hops].reverse()) gradients.unshift(gradients[0] * hop);
  return gradients;
}
