import { evidence } from '../evidence.ts';
import { predictDecorrelation } from '../predicted-growth.ts';
import type { Check } from '../suspicion.ts';
import { depthScales, largestFactor } from '../thresholds.ts';
import { zeroBiases } from '../treatments/biases.ts';
import { reluInstead } from '../treatments/change-activation.ts';
import { batchNormBeforeActivations } from '../treatments/normalise.ts';
import { gradientKeepingInitialisation, recommendedInitialisation } from '../treatments/reinitialise.ts';
import type { Vitals } from '../vitals.ts';
import { present } from './attempts.ts';
import { hasLearned } from './has-learned.ts';

/**
 * All samples mapped to the same place: 1 − their mean inner product over the mean square (with signals of one length, 1 − their correlation)
 * shrinks by more than six depth scales.
 */
export const correlationCollapse: Check = (examination) => {
  const { patient, vitals } = examination;
  if (vitals.samples < 2 || vitals.activations.length === 0) {
    const reason = vitals.samples < 2 ? 'one sample has no pairs' : 'the network has no activation layer';
    examination.skip({ check: 'correlation-collapse', layer: null, reason });
    return [];
  }
  if (hasLearned(examination)) return [];
  const left = decorrelation(vitals);
  if (!(left < 1 / largestFactor)) return [];
  const { activations } = vitals;
  const last = activations[activations.length - 1];
  return [
    {
      illness: 'correlation-collapse',
      severity: 'serious',
      layers: activations.map(({ layer }) => layer.name),
      evidence: [
        evidence('1 − correlation of the last pre-activations of two samples, over that of the inputs', left, {
          predicted: predictDecorrelation(patient.network, vitals),
          healthy: [1 / largestFactor, Infinity],
        }),
        evidence(`correlation of the pre-activations of two samples in ${last.layer.name}`, last.likeness),
        evidence('correlation of two inputs', vitals.inputLikeness),
      ],
      why: 'Layer by layer the samples point more alike (the ordered phase, or the mean of an activation that is not centred), until the upper layers cannot tell one from another: gradients of all samples are then the same, too.',
      excess: -Math.log(Math.max(left, 1e-300)) / depthScales,
      symptom: {
        what: '1 − correlation of the last pre-activations of two samples, over that of the inputs',
        measure: decorrelation,
        isHealthy: (value) => value >= 1 / largestFactor,
      },
      attempts: present(
        vitals.weights.some(({ biasMean, biasVariance }) => biasMean !== 0 || biasVariance > 0) ? zeroBiases : null,
        recommendedInitialisation(patient.network),
        gradientKeepingInitialisation(patient.network),
        reluInstead,
        batchNormBeforeActivations,
      ),
    },
  ];
};

function decorrelation({ activations, inputLikeness }: Vitals): number {
  if (activations.length === 0) return NaN;
  return (1 - activations[activations.length - 1].likeness) / (1 - inputLikeness);
}
