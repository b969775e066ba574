import { seluContractionDomain, seluMap } from '@relu-lab/theory';
import { evidence } from '../evidence.ts';
import type { Check, Examination } from '../suspicion.ts';
import { alphaDropoutInstead } from '../treatments/alpha-dropout.ts';
import { recommendedInitialisation } from '../treatments/reinitialise.ts';
import { standardiseInputs } from '../treatments/standardise.ts';
import { isChain } from '../predicted-growth.ts';
import type { Vitals } from '../vitals.ts';
import { present } from './attempts.ts';

const [least, most] = seluContractionDomain.variance;

/**
 * A SELU network, untrained, whose activations leave the domain in which SELU holds mean 0 and variance 1: by theory from the weight
 * variances and the inputs that it has. (Training moves them, and that is no illness.)
 */
export const selfNormalisation: Check = (examination) => {
  const { patient, history, vitals } = examination;
  const { layers } = patient.network;
  const selus = vitals.activations.filter(({ layer }) => layer.activation?.name === 'selu');
  if (selus.length === 0 || layers.some(({ role }) => role === 'normalization')) return [];
  const skip = (reason: string): readonly [] => {
    examination.skip({ check: 'selu-not-normalised', layer: null, reason });
    return [];
  };
  if (!history.untrained) return skip('the network is trained, and theory speaks of random weights');
  if (selus.length < vitals.activations.length || !isChain(layers)) {
    return skip('the layers are no chain of dense layers and SELU');
  }
  const predicted = predictedVariance(examination);
  if (predicted >= least && predicted <= most) return [];
  const last = selus[selus.length - 1];
  return [
    {
      illness: 'selu-not-normalised',
      severity: 'serious',
      layers: selus.map(({ layer }) => layer.name),
      evidence: [
        evidence(`variance of the activations of ${last.layer.name}`, last.variance, {
          predicted,
          healthy: [least, most],
        }),
        evidence(`mean of the activations of ${last.layer.name}`, last.mean),
        ...vitals.weights.slice(0, -1).map(({ layer, weightVariance }) =>
          evidence(`σ_w² = fanIn × Var[W] of ${layer.name}`, weightVariance, {
            predicted: 1,
            healthy: [...seluContractionDomain.weightSquareSum],
          }),
        ),
        evidence('mean square of the inputs', vitals.inputLength, { healthy: [least, most] }),
      ],
      why: 'SELU draws activations to mean 0 and variance 1 only with weight variance 1/fanIn (LeCun) and standardised inputs; with others they settle elsewhere or run away.',
      excess: Math.abs(Math.log(predicted)) / Math.log(most),
      symptom: {
        what: `variance of the activations of ${last.layer.name}`,
        measure: lastVariance,
        // A finite layer scatters by some √(5/n) around the domain, and contraction damps what came before.
        isHealthy: (variance) => {
          const scatter = 1 + 4 * Math.sqrt(5 / last.units);
          return variance >= least / scatter && variance <= most * scatter;
        },
      },
      attempts: present(
        vitals.inputLength < least || vitals.inputLength > most ? standardiseInputs : null,
        recommendedInitialisation(patient.network),
      ),
    },
  ];
};

function lastVariance({ activations }: Vitals): number {
  return activations[activations.length - 1].variance;
}

/**
 * The variance after the last SELU layer; the input passes the first weights as it is. A weight variance that LeCun's draw may have by
 * chance, within four standard errors √(2/weights) of 1, counts as 1.
 */
function predictedVariance({ vitals }: Examination): number {
  const [first, ...others] = vitals.weights.slice(0, -1).map(({ weightVariance, fanIn, layer }) => ({
    weightVariance: Math.abs(weightVariance - 1) <= 4 * Math.sqrt(2 / (fanIn * layer.outputs)) ? 1 : weightVariance,
  }));
  let state = seluMap({ variance: first.weightVariance * vitals.inputLength });
  for (const { weightVariance } of others) {
    state = seluMap({ mean: 0, variance: weightVariance * (state.variance + state.mean ** 2) });
  }
  return state.variance;
}

/** Plain dropout behind SELU. */
export const plainDropoutAfterSelu: Check = ({ patient: { network } }) => {
  const found = network.layers.filter(
    ({ kind, from }) =>
      kind === 'dropout' && network.layers.some((l) => l.name === from[0] && l.activation?.name === 'selu'),
  );
  if (found.length === 0) return [];
  return [
    {
      illness: 'plain-dropout-after-selu',
      severity: 'minor',
      layers: found.map(({ name }) => name),
      evidence: [evidence('dropout layers behind SELU that are not alpha dropout', found.length, { healthy: [0, 0] })],
      why: 'Dropout sets elements to 0 and scales the rest, which raises the variance by 1/(1 − p) a layer in training and not in evaluation: SELU’s fixed point is not where it was.',
      excess: 1,
      symptom: null,
      attempts: [alphaDropoutInstead(found.map(({ name }) => name))],
    },
  ];
};
