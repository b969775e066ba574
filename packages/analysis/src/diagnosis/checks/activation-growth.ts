import { constantAnswer } from '../constant-answer.ts';
import { evidence } from '../evidence.ts';
import { predictGrowth } from '../predicted-growth.ts';
import type { Check, Examination, Suspicion } from '../suspicion.ts';
import { depthScales, isWithinScales, largestFactor } from '../thresholds.ts';
import type { Vitals } from '../vitals.ts';
import { fadingSignal } from './fading-signal.ts';
import { growthAttempts } from './gradient-growth.ts';
import { hasLearned } from './has-learned.ts';

/**
 * Pre-activations that lose, or gain, more than six depth scales on the inputs; a signal that theory has die out ({@link fadingSignal});
 * and outputs that gain six scales, with a loss far above that of a constant answer. Networks with normalisation and networks that have
 * learned are left alone.
 */
export const activationGrowth: Check = (examination) => {
  const { patient, vitals } = examination;
  const { layers } = patient.network;
  if (vitals.activations.length === 0 || vitals.inputLength === 0) {
    for (const check of ['vanishing-activations', 'exploding-activations'] as const) {
      const reason = vitals.inputLength === 0 ? 'all inputs are 0' : 'the network has no activation layer';
      examination.skip({ check, layer: null, reason });
    }
    return [];
  }
  if (hasLearned(examination) || layers.some(({ role }) => role === 'normalization')) return [];
  const hidden = signal(vitals);
  if (!isWithinScales(hidden)) return [suspicion(examination, 'hidden', hidden)];
  const fading = fadingSignal(examination);
  if (fading) return [fading];
  const output = vitals.outputLength / vitals.inputLength;
  if (output > largestFactor && isLossAbsurd(examination)) return [suspicion(examination, 'output', output)];
  return [];
};

/** Mean square of the last activation layer's pre-activations, less their biases, over that of the inputs. */
function signal({ activations, inputLength }: Vitals): number {
  return activations[activations.length - 1].signal / inputLength;
}

function isLossAbsurd({ patient: { data, loss }, vitals }: Examination): boolean {
  return vitals.loss > 10 * constantAnswer(data, loss);
}

function suspicion(examination: Examination, where: 'hidden' | 'output', ratio: number): Suspicion {
  const { patient, vitals } = examination;
  const what =
    where === 'hidden'
      ? 'mean square of the last hidden pre-activations (less their biases) over that of the inputs'
      : 'mean square of the outputs over that of the inputs';
  const residual = patient.network.layers.some(({ kind }) => kind === 'add');
  const scales = Math.abs(Math.log(ratio));
  return {
    illness: ratio > 1 ? 'exploding-activations' : 'vanishing-activations',
    severity: scales > 2 * depthScales ? 'critical' : 'serious',
    layers: vitals.activations.map(({ layer }) => layer.name),
    evidence: [
      evidence(what, ratio, {
        predicted: where === 'hidden' ? (predictGrowth(patient.network, vitals)?.signal ?? null) : null,
        healthy: [1 / largestFactor, largestFactor],
      }),
      ...vitals.weights
        .slice(0, 3)
        .map(({ layer, weightVariance }) => evidence(`σ_w² = fanIn × Var[W] of ${layer.name}`, weightVariance)),
      evidence('loss, beside that of the best constant answer', vitals.loss, {
        healthy: [0, constantAnswer(patient.data, patient.loss)],
      }),
    ],
    why: explain(ratio, residual),
    excess: scales / depthScales,
    symptom: {
      what,
      measure: (after) => (where === 'hidden' ? signal(after) : after.outputLength / after.inputLength),
      isHealthy: isWithinScales,
    },
    attempts: growthAttempts(examination),
  };
}

function explain(ratio: number, residual: boolean): string {
  if (ratio < 1) {
    return 'Each layer shrinks its input (σ_w² E[φ²] < q), so that little of the data reaches the outputs and as little of the gradient comes back.';
  }
  return residual
    ? 'Every residual sum adds a branch of the stream’s own size, so that the mean square grows by a constant factor a block and the outputs are absurdly large.'
    : 'Each layer stretches its input (σ_w² E[φ²] > q): outputs and loss start absurdly large, and the first steps only undo that.';
}
