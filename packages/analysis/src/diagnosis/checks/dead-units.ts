import { power } from '@relu-lab/core';
import { deadUnits } from '../../dead-units.ts';
import type { Evidence } from '../diagnosis.ts';
import { evidence } from '../evidence.ts';
import type { Check, Examination, Suspicion } from '../suspicion.ts';
import { majority } from '../thresholds.ts';
import { zeroBiases } from '../treatments/biases.ts';
import { leakyInstead } from '../treatments/change-activation.ts';
import { recommendedInitialisation } from '../treatments/reinitialise.ts';
import type { ActivationVitals, Vitals } from '../vitals.ts';
import { present } from './attempts.ts';
import { skipsUnits } from './skips-units.ts';
import { type IdleShare, largestHealthyShare, mostlyIdle, predictedShare } from './fresh-units.ts';

/**
 * Dead layers, and layers in which most of the units that theory expects to live are dead. That some units are silent on the data is
 * what depth costs with the best initialisation, and sparsity is not looked at.
 */
export const deadLayersAndUnits: Check = (examination) => {
  if (skipsUnits(examination, ['dead-layer', 'dead-units'])) return [];
  const shares = examination.vitals.activations
    .filter(({ hasZeroRegion }) => hasZeroRegion)
    .map((layer) => ({
      layer,
      share: layer.dead.length / layer.units,
      predicted: predictedShare(examination, layer, 1),
    }));
  const whole = shares.filter(({ share }) => share === 1);
  const part = mostlyIdle(
    examination,
    shares.filter(({ share }) => share < 1),
    () => 1,
  );
  return [
    ...(whole.length > 0 ? [deadLayer(examination, whole)] : []),
    ...(part.length > 0 ? [mostlyDead(examination, part)] : []),
  ];
};

function deadLayer(examination: Examination, dead: readonly IdleShare[]): Suspicion {
  const { vitals } = examination;
  return {
    illness: 'dead-layer',
    severity: 'critical',
    layers: dead.map(({ layer }) => layer.layer.name),
    evidence: allEvidence(examination, dead),
    why: `Every unit of the layer is silent on all ${vitals.samples} samples: nothing of the input passes, no gradient reaches the layer or anything below it, and gradient descent cannot revive it.`,
    excess: dead.length,
    symptom: largestShare(
      'dead layers',
      ({ activations }) => activations.filter(isDeadLayer).length,
      (n) => n === 0,
    ),
    attempts: attempts(examination),
  };
}

function mostlyDead(examination: Examination, dead: readonly IdleShare[]): Suspicion {
  const worst = Math.max(...dead.map(({ share }) => share));
  return {
    illness: 'dead-units',
    severity: 'serious',
    layers: dead.map(({ layer }) => layer.layer.name),
    evidence: allEvidence(examination, dead),
    why: `Units that are silent on all ${examination.vitals.samples} samples have gradient 0: they take no part and, in the first layer, never come back. ${cause(examination)}`,
    excess: worst / majority,
    symptom: largestShare(
      'largest share of dead units in a layer',
      ({ activations }) => Math.max(...activations.map((layer) => layer.dead.length / layer.units)),
      (share) => share <= majority,
    ),
    attempts: attempts(examination),
  };
}

function largestShare(
  what: string,
  measure: (vitals: Vitals) => number,
  isHealthy: (value: number) => boolean,
): NonNullable<Suspicion['symptom']> {
  return { what, measure, isHealthy };
}

function isDeadLayer({ dead, units }: ActivationVitals): boolean {
  return dead.length === units;
}

function cause({ history, vitals }: Examination): string {
  if (history.untrained) {
    return vitals.weights.some(({ biasMean }) => biasMean < 0)
      ? 'They are born dead: their biases start below 0.'
      : 'They are born dead.';
  }
  return 'More have died than depth explains: as a rule a few large updates (learning rate × gradient) pushed weights and biases below what any sample can lift.';
}

function allEvidence(examination: Examination, dead: readonly IdleShare[]): readonly Evidence[] {
  const { vitals, history, patient } = examination;
  const bound = 1 - power(0.05, 1 / vitals.samples);
  const shares = dead.map(({ layer, share, predicted }) =>
    evidence(`share of dead units in ${layer.layer.name} (${layer.dead.length} of ${layer.units})`, share, {
      predicted,
      healthy: [0, largestHealthyShare(predicted, layer.units)],
    }),
  );
  const firing = evidence('firing rate of a unit called dead, at most (95 %)', bound);
  const biases = dead.flatMap(({ layer }) => {
    const weights = vitals.weights.find((other) => other.layer.name === layer.layer.from[0]);
    return weights ? [evidence(`mean bias of ${weights.layer.name}`, weights.biasMean)] : [];
  });
  if (!history.initial) return [...shares, firing, ...biases];
  const names = new Set(dead.map(({ layer }) => layer.layer.name));
  const fates = deadUnits(patient.network.clone(), patient.data, { initial: history.initial }).layers.filter(
    ({ name }) => names.has(name),
  );
  const since = fates.flatMap(({ name, fates: fate }) =>
    fate
      ? [
          evidence(`units of ${name} that were born dead`, fate.bornDead.length),
          evidence(`units of ${name} that died since initialisation`, fate.died.length),
        ]
      : [],
  );
  return [...shares, firing, ...biases, ...since];
}

function attempts({ patient: { network }, vitals }: Examination): Suspicion['attempts'] {
  const shifted = vitals.weights.some(({ biasMean }) => biasMean < 0);
  return present(shifted ? zeroBiases : null, recommendedInitialisation(network), leakyInstead);
}
