import { evidence } from '../evidence.ts';
import type { Check } from '../suspicion.ts';
import { majority } from '../thresholds.ts';
import { recommendedInitialisation } from '../treatments/reinitialise.ts';
import type { Vitals } from '../vitals.ts';
import { present } from './attempts.ts';

/** Hidden weight layers most of whose units are copies of one another, and stay so. */
export const symmetricUnits: Check = ({ patient: { network }, vitals }) => {
  const found = vitals.weights.slice(0, -1).filter(({ copies }) => copies > majority);
  if (found.length === 0) return [];
  return [
    {
      illness: 'symmetric-units',
      severity: 'critical',
      layers: found.map(({ layer }) => layer.name),
      evidence: found.map(({ layer, copies }) =>
        evidence(`share of the units of ${layer.name} with the weights and the gradient of another one`, copies, {
          predicted: 0,
          healthy: [0, 0],
        }),
      ),
      why: 'Units with equal weights that are read alike give equal outputs and get equal gradients: they stay equal for ever, and the layer is as good as one unit.',
      excess: largest(vitals) / majority,
      symptom: {
        what: 'largest share of copies among the units of a layer',
        measure: largest,
        isHealthy: (share) => share <= majority,
      },
      attempts: present(recommendedInitialisation(network), {
        remedy: { what: 'Draw the weights at random.', change: 'initialisation' },
        treatment: null,
      }),
    },
  ];
};

function largest({ weights }: Vitals): number {
  return Math.max(0, ...weights.slice(0, -1).map(({ copies }) => copies));
}
