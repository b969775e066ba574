import { evidence } from '../evidence.ts';
import type { Check } from '../suspicion.ts';
import { majority } from '../thresholds.ts';
import { zeroBiases } from '../treatments/biases.ts';
import { recommendedInitialisation } from '../treatments/reinitialise.ts';
import { standardiseInputs } from '../treatments/standardise.ts';
import type { ActivationVitals } from '../vitals.ts';
import { present } from './attempts.ts';
import { skipsUnits } from './skips-units.ts';
import { largestHealthyShare, mostlyIdle, predictedShare } from './fresh-units.ts';

/**
 * Layers in which most of the units that should bend are on one side of their kink on all samples (a ReLU unit that is always on):
 * affine on the data. A share is what depth costs with the best initialisation.
 */
export const linearUnits: Check = (examination) => {
  if (skipsUnits(examination, ['linear-units'])) return [];
  const { patient, vitals } = examination;
  const shares = vitals.activations
    .filter(({ bendsAtZero }) => bendsAtZero)
    .map((layer) => ({
      layer,
      share: layer.oneSided.length / layer.units,
      predicted: predictedShare(examination, layer, sides(layer)),
    }));
  const found = mostlyIdle(examination, shares, sides);
  if (found.length === 0) return [];
  const everywhere = vitals.activations.every(({ bendsAtZero, oneSided, dead, units }) =>
    bendsAtZero ? oneSided.length + dead.length === units : false,
  );
  return [
    {
      illness: 'linear-units',
      severity: everywhere ? 'critical' : 'serious',
      layers: found.map(({ layer }) => layer.layer.name),
      evidence: [
        ...found.map(({ layer, share, predicted }) =>
          evidence(`share of units of ${layer.layer.name} that are affine on the data`, share, {
            predicted,
            healthy: [0, largestHealthyShare(predicted, layer.units)],
          }),
        ),
        ...vitals.weights.slice(0, -1).map(({ layer, biasMean }) => evidence(`mean bias of ${layer.name}`, biasMean)),
      ],
      why: `A unit whose pre-activations all lie on one side of the kink is an affine function of its inputs on all ${vitals.samples} samples; a layer of such units adds no bend${
        everywhere ? ', and as there is no other in this network, it is one affine map' : ''
      }.`,
      excess: Math.max(...found.map(({ share }) => share)) / majority,
      symptom: {
        what: 'largest share of affine units in a layer',
        measure: (after) => Math.max(...after.activations.map(({ oneSided, units }) => oneSided.length / units), 0),
        isHealthy: (share) => share <= majority,
      },
      attempts: present(
        vitals.weights.some(({ biasMean }) => biasMean !== 0) ? zeroBiases : null,
        standardiseInputs,
        recommendedInitialisation(patient.network),
      ),
    },
  ];
};

/** A unit that can be silent is affine when always on; one that cannot, on either side. */
function sides({ hasZeroRegion }: ActivationVitals): 1 | 2 {
  return hasZeroRegion ? 1 : 2;
}
