import { evidence } from '../evidence.ts';
import type { Check } from '../suspicion.ts';
import { majority } from '../thresholds.ts';
import { zeroBiases } from '../treatments/biases.ts';
import { recommendedInitialisation } from '../treatments/reinitialise.ts';
import { standardiseInputs } from '../treatments/standardise.ts';
import { hasLearned } from './has-learned.ts';
import { present } from './attempts.ts';
import { skipsUnits } from './skips-units.ts';

/** Layers in which most elements have next to no slope, by the activation's own derivative. */
export const saturation: Check = (examination) => {
  const { patient, vitals } = examination;
  if (skipsUnits(examination, ['saturation']) || hasLearned(examination)) return [];
  const found = vitals.activations
    .map((layer) => ({ layer, share: layer.saturatedShare ?? 0 }))
    .filter(({ share }) => share > majority);
  if (found.length === 0) return [];
  const shifted = vitals.weights.some(({ biasMean, biasVariance }) => Math.abs(biasMean) > Math.sqrt(biasVariance) + 1);
  return [
    {
      illness: 'saturation',
      severity: 'serious',
      layers: found.map(({ layer }) => layer.layer.name),
      evidence: found.flatMap(({ layer, share }) => [
        evidence(`share of elements of ${layer.layer.name} with a slope below 1 % of the steepest`, share, {
          healthy: [0, majority],
        }),
        evidence(
          `root mean square of the pre-activations of ${layer.layer.name}, less their biases`,
          Math.sqrt(layer.signal),
        ),
      ]),
      why: 'Where the slope of the activation is next to 0 no gradient passes, and a step that would help moves nothing: large pre-activations put most elements there.',
      excess: Math.max(...found.map(({ share }) => share)) / majority,
      symptom: {
        what: 'largest share of saturated elements in a layer',
        measure: (after) => Math.max(...after.activations.map(({ saturatedShare }) => saturatedShare ?? 0), 0),
        isHealthy: (share) => share <= majority,
      },
      attempts: present(
        vitals.inputLength > 10 ? standardiseInputs : null,
        shifted ? zeroBiases : null,
        recommendedInitialisation(patient.network),
        standardiseInputs,
      ),
    },
  ];
};
