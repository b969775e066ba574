import type { ElementwiseActivation } from '@relu-lab/core';
import { edgeOfChaos, meanField } from '@relu-lab/theory';
import { constantAnswer } from '../constant-answer.ts';
import { evidence } from '../evidence.ts';
import { predictGrowth } from '../predicted-growth.ts';
import { trainShortly } from '../short-training.ts';
import type { Examination, Suspicion } from '../suspicion.ts';
import { depthScales, largestFactor, largestFade } from '../thresholds.ts';
import { reluInstead } from '../treatments/change-activation.ts';
import { layerNormBeforeActivations } from '../treatments/normalise.ts';
import { mainActivation } from '../treatments/reinitialise.ts';
import { meanWeightVariance } from './gradient-growth.ts';

const what =
  'mean square of the typical sample’s last hidden pre-activations (less their biases) over that of its input (median)';

/**
 * A signal that dies out although the mean over samples hides it, in an untrained chain of layers (GELU, SiLU and Mish under He weights):
 * mean field theory has q → 0, more hidden layers away than six of its depth scales ξ_c; and both what theory predicts of these layers
 * and what is left of the typical sample have lost more than e³. Null where that is not so, or theory has nothing to say.
 */
export function fadingSignal(examination: Examination): Suspicion | null {
  const { patient, history, vitals } = examination;
  if (!history.untrained) return null;
  const predicted = predictGrowth(patient.network, vitals);
  const scales = scalesOfDeath(examination);
  if (!predicted || !scales) return null;
  const { activation, weightVariance, chi1, trainableDepth } = scales;
  const depth = vitals.activations.length;
  if (depth <= trainableDepth || predicted.signal >= 1 / largestFade) return null;
  if (!(vitals.typicalSignal < 1 / largestFade) || learnsAllTheSame(examination)) return null;
  const first = vitals.activations[0];
  const last = vitals.activations[depth - 1];
  return {
    illness: 'vanishing-activations',
    severity: 'serious',
    layers: vitals.activations.map(({ layer }) => layer.name),
    evidence: [
      evidence(what, vitals.typicalSignal, {
        predicted: predicted.signal,
        healthy: [1 / largestFade, largestFactor],
      }),
      evidence('the same for the mean over samples', last.signal / vitals.inputLength, {
        predicted: predicted.signal,
      }),
      evidence(
        'squared gradient at the first pre-activations over that at the last hidden ones',
        first.squaredGradient / last.squaredGradient,
        { predicted: predicted.gradient },
      ),
      evidence('hidden layers, beside six depth scales ξ_c of a signal that has died out', depth, {
        healthy: [0, trainableDepth],
      }),
      evidence('σ_w² = fanIn × Var[W], geometric mean of the layers between', weightVariance),
    ],
    why: explain(activation, chi1),
    excess: -Math.log(vitals.typicalSignal) / Math.log(largestFade),
    symptom: {
      what,
      measure: (after) => after.typicalSignal,
      isHealthy: (value) => value >= 1 / largestFade && value <= largestFactor,
    },
    attempts: [layerNormBeforeActivations, reluInstead],
  };
}

/** Where theory has the signal of one activation in every hidden layer die out. */
interface ScalesOfDeath {
  readonly activation: ElementwiseActivation;
  readonly weightVariance: number;
  /** Factor a layer on squared signal and gradient at q = 0. */
  readonly chi1: number;
  /** Six depth scales ξ_c there. */
  readonly trainableDepth: number;
}

/** Null where the signal does not die out, or activations or biases are not of the kind that theory speaks of. */
function scalesOfDeath({ patient: { network }, vitals }: Examination): ScalesOfDeath | null {
  const activation = mainActivation(network);
  const hidden = vitals.weights.slice(0, -1);
  if (activation?.kind !== 'elementwise' || hidden.length < 2) return null;
  if (vitals.activations.some(({ layer }) => layer.activation?.name !== activation.name)) return null;
  if (hidden.some(({ biasMean, biasVariance }) => biasMean !== 0 || biasVariance !== 0)) return null;
  const weightVariance = meanWeightVariance(vitals);
  const { q, chi1, correlationScale } = meanField(activation, { weightVariance });
  if (q !== 0 || correlationScale === null) return null;
  return { activation, weightVariance, chi1, trainableDepth: depthScales * correlationScale };
}

/** Whether a few steps of training leave the best constant answer well behind; not asked without trial steps. */
function learnsAllTheSame({ patient, history }: Examination): boolean {
  const { data, loss } = patient;
  const run = history.steps > 0 ? trainShortly(patient, history) : null;
  return run !== null && run.end < constantAnswer(data, loss) / 2;
}

function explain(activation: ElementwiseActivation, chi1: number): string {
  const noWeights =
    edgeOfChaos(activation).status === 'none'
      ? ' No weight variance keeps it: where χ₁ is 1, the length runs away when it is disturbed.'
      : '';
  return `Theory has a signal of ${activation.name} with these weights die out (q → 0), the faster the smaller it is, until each layer multiplies signal and gradient alike by ${chi1.toPrecision(3)} in the square: what reaches the upper layers is small, and what comes back from them as well, so that training crawls. A mean over samples hides it, as a few samples keep their length.${noWeights}`;
}
