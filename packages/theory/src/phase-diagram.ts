import { type ElementwiseActivation, ParameterError } from '@relu-lab/core';
import { refuseUnknown } from '@relu-lab/core/options';
import { checkDefinition } from './definition.ts';
import { type MeanField, meanField } from './mean-field.ts';

/**
 * What happens to small differences between inputs, by χ₁ at the limit of q = 1: `ordered` (χ₁ < 1, they die out, and gradients
 * vanish), `critical` (χ₁ = 1), `chaotic` (χ₁ > 1, they grow, and gradients explode); `unbounded` where q grows for ever.
 */
export type Phase = 'ordered' | 'critical' | 'chaotic' | 'unbounded';

/** One point of the phase diagram: a flat record. */
export interface PhasePoint {
  readonly weightVariance: number;
  readonly biasVariance: number;
  readonly phase: Phase;
  readonly status: MeanField['status'];
  readonly q: number | null;
  readonly chi1: number | null;
  readonly lengthScale: number | null;
  readonly correlationScale: number | null;
}

export interface PhaseDiagramOptions {
  /** Values of σ_w², each at least 0. */
  readonly weightVariances: readonly number[];
  /** Values of σ_b², each at least 0. Default [0]. */
  readonly biasVariances?: readonly number[];
}

/** χ₁ this close to 1 is critical. */
const criticalWidth = 1e-12;

/**
 * {@link meanField} at every pair of `weightVariances` and `biasVariances`: one record each, weight variances varying fastest.
 *
 * @throws ParameterError for an unsound activation, a negative variance, options that are unknown or missing, or a list that is empty.
 */
export function phaseDiagram(activation: ElementwiseActivation, options: PhaseDiagramOptions): readonly PhasePoint[] {
  checkDefinition(activation);
  refuseUnknown('phaseDiagram', options, ['weightVariances', 'biasVariances']);
  const { weightVariances, biasVariances = [0] } = options;
  for (const [key, values] of Object.entries({ weightVariances, biasVariances })) {
    if (Array.isArray(values) && values.length > 0) continue;
    throw new ParameterError(`${key} of phaseDiagram must be a list of at least one number, not ${String(values)}`);
  }
  return biasVariances.flatMap((biasVariance) =>
    weightVariances.map((weightVariance) => {
      const { status, q, chi1, lengthScale, correlationScale } = meanField(activation, {
        weightVariance,
        biasVariance,
      });
      const phase = phaseOf(chi1);
      return { weightVariance, biasVariance, phase, status, q, chi1, lengthScale, correlationScale };
    }),
  );
}

function phaseOf(chi1: number | null): Phase {
  if (chi1 === null) return 'unbounded';
  if (Math.abs(chi1 - 1) <= criticalWidth) return 'critical';
  return chi1 < 1 ? 'ordered' : 'chaotic';
}
