import { type DepthGrowthOptions, depthGrowth } from '@relu-lab/analysis';
import { type ActivationName, ParameterError, activation } from '@relu-lab/core';
import type { Row } from '@relu-lab/sweep';

/** Which networks are looked at; the sweep draws their seeds. */
export interface GrowthCondition {
  /** What the study calls it. */
  readonly study: 'scale' | 'activation' | 'residual' | 'norm' | 'norm-activation' | 'norm-wide' | 'batch';
  /** An elementwise activation. */
  readonly activation: ActivationName;
  /** σ_w². */
  readonly weightVariance: number;
  readonly normalization: NonNullable<DepthGrowthOptions['normalization']>;
  readonly residual: boolean;
  readonly depth: number;
  readonly width: number;
  /** Normal inputs, in one batch. */
  readonly samples: number;
}

/**
 * Growth of signals and gradients through one network that has just been drawn.
 *
 * Rows: one of kind `growth`, with the factor a layer (a block, with residual sums) on the squares, measured and by theory; and one of kind `layer`
 * a layer, with the squares relative to where they start. What is not finite is null.
 */
export function measureGrowth(condition: GrowthCondition, seed: number): readonly Row[] {
  const { study, activation: name, weightVariance, normalization, residual, depth, width, samples } = condition;
  const phi = activation(name);
  if (phi.kind !== 'elementwise')
    throw new ParameterError(`Growth is measured of elementwise activations, not ${name}`);
  const shape = { weightVariance, normalization, residual, depth, width, samples };
  const { forward, backward, layers } = depthGrowth({ ...shape, activation: phi, seeds: 1, firstSeed: seed });
  const common = { study, activation: name, weightVariance, normalization, residual, width, samples, seed };
  return [
    {
      ...common,
      kind: 'growth',
      forward: finite(forward.measured),
      expectedForward: finite(forward.predicted),
      backward: finite(backward.measured),
      expectedBackward: finite(backward.predicted),
    },
    ...layers.map(({ layer, secondMoment, squaredGradient, predicted }) => ({
      ...common,
      kind: 'layer',
      layer,
      forward: finite(secondMoment),
      expectedForward: finite(predicted.secondMoment),
      backward: finite(squaredGradient),
      expectedBackward: finite(predicted.squaredGradient),
    })),
  ];
}

function finite(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value;
}
