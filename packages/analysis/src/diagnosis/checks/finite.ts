import { evidence } from '../evidence.ts';
import type { Check } from '../suspicion.ts';
import { standardiseInputs } from '../treatments/standardise.ts';
import { recommendedInitialisation } from '../treatments/reinitialise.ts';
import { present } from './attempts.ts';

/** Parameters that are NaN or infinite. */
export const finiteParameters: Check = ({ patient: { network } }) => {
  const broken = network.parameters
    .map((parameter) => ({
      parameter,
      count: network.parameterValues(parameter.name).filter((value) => !Number.isFinite(value)).length,
    }))
    .filter(({ count }) => count > 0);
  if (broken.length === 0) return [];
  return [
    {
      illness: 'non-finite-parameters',
      severity: 'critical',
      layers: [...new Set(broken.map(({ parameter }) => parameter.layer))],
      evidence: broken.map(({ parameter, count }) =>
        evidence(`values of ${parameter.name} (of ${parameter.length}) that are NaN or infinite`, count, {
          healthy: [0, 0],
        }),
      ),
      why: 'A parameter that is NaN makes every output that depends on it NaN, and no step can mend it: an update adds to what is there. Training diverged, or a file was damaged.',
      excess: 1,
      symptom: {
        what: 'parameters or outputs that are not finite (1: yes)',
        measure: ({ brokenAt }) => (brokenAt === null ? 0 : 1),
        isHealthy: (value) => value === 0,
      },
      attempts: present(recommendedInitialisation(network), {
        remedy: { what: 'Restore the last finite snapshot and lower the learning rate.', change: 'learning-rate' },
        treatment: null,
      }),
    },
  ];
};

/** Outputs that overflow although all parameters are finite. */
export const finiteSignal: Check = ({ patient: { network }, vitals }) => {
  const { brokenAt, inputLength, weights } = vitals;
  if (brokenAt === null) return [];
  const largest = Math.max(...weights.map(({ weightVariance }) => weightVariance));
  return [
    {
      illness: 'non-finite-signal',
      severity: 'critical',
      layers: [brokenAt],
      evidence: [
        evidence('largest σ_w² = fanIn × Var[W] of a layer', largest),
        evidence('mean square of the inputs', inputLength),
      ],
      why: `All parameters are finite, but the output of '${brokenAt}' overflows float32: the signal is multiplied layer by layer.`,
      excess: 1,
      symptom: {
        what: 'outputs that are not finite (1: yes)',
        measure: (after) => (after.brokenAt === null ? 0 : 1),
        isHealthy: (value) => value === 0,
      },
      attempts: present(recommendedInitialisation(network), standardiseInputs),
    },
  ];
};
