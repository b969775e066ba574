import { evidence } from '../evidence.ts';
import { featureMoments } from '../feature-moments.ts';
import type { Check, Examination } from '../suspicion.ts';
import { largestFactor } from '../thresholds.ts';
import { recommendedInitialisation } from '../treatments/reinitialise.ts';
import { present } from './attempts.ts';

/** Outputs that do not depend on the input, though the last weights are not the zeros that some start from. */
export const constantOutput: Check = (examination) => {
  const { patient, vitals } = examination;
  if (vitals.samples < 2) {
    examination.skip({ check: 'constant-output', layer: null, reason: 'one sample cannot tell' });
    return [];
  }
  const last = vitals.weights[vitals.weights.length - 1];
  const startsAtZero = last?.weightVariance === 0 && examination.history.untrained;
  const scale = usefulScale(examination);
  const smallest = scale / largestFactor;
  if (startsAtZero || vitals.outputDeviation >= smallest) return [];
  return [
    {
      illness: 'constant-output',
      severity: 'critical',
      layers: [patient.network.layers[patient.network.layers.length - 1].name],
      evidence: [
        evidence('deviation of the outputs over samples', vitals.outputDeviation, { healthy: [smallest, Infinity] }),
        evidence('root mean square of the outputs', Math.sqrt(vitals.outputLength)),
      ],
      why: 'Every sample gets the same answer: what reaches the last layer, or what it makes of it, does not depend on the input.',
      excess: Math.log(smallest / Math.max(vitals.outputDeviation, 1e-300)),
      symptom: {
        what: 'deviation of the outputs over samples',
        measure: (after) => after.outputDeviation,
        isHealthy: (value) => value >= smallest,
      },
      attempts: present(recommendedInitialisation(patient.network), {
        remedy: { what: 'Start again from the initialisation.', change: 'initialisation' },
        treatment: null,
      }),
    },
  ];
};

/** Logits must differ by something like 1 to say anything; values by the deviation of the targets. */
function usefulScale({ patient: { data } }: Examination): number {
  if (data.targets instanceof Int32Array) return 1;
  const { deviation } = featureMoments(data.targets, data.targets.length / data.rows);
  return Math.sqrt(deviation.reduce((sum, d) => sum + d * d, 0) / deviation.length);
}
