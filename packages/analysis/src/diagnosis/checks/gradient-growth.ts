import { power } from '@relu-lab/core';
import { median } from '../../statistics/quantile.ts';
import { evidence } from '../evidence.ts';
import type { Network } from '@relu-lab/nn';
import { finiteWidth, moments } from '@relu-lab/theory';
import { type PredictedGrowth, predictBatchNormGrowth, predictGrowth } from '../predicted-growth.ts';
import type { Attempt, Check, Examination, Suspicion } from '../suspicion.ts';
import { depthScales, isWithinScales, largestFactor } from '../thresholds.ts';
import { reluInstead } from '../treatments/change-activation.ts';
import { layerNormBeforeActivations, layerNormForBatchNorm } from '../treatments/normalise.ts';
import {
  gradientKeepingInitialisation,
  mainActivation,
  recommendedInitialisation,
} from '../treatments/reinitialise.ts';
import { scaleBranches } from '../treatments/scale-branches.ts';
import type { Vitals } from '../vitals.ts';
import { present } from './attempts.ts';
import { hasLearned } from './has-learned.ts';

/**
 * A gradient that loses, or gains, more than six depth scales from the last hidden pre-activations to the first. Growth that training has
 * coped with is no illness; a gradient that vanishes may leave the upper layers learning alone, and is.
 */
export const gradientGrowth: Check = (examination) => {
  const { patient, vitals } = examination;
  const hidden = vitals.activations.length;
  if (hidden < 2) {
    for (const check of ['vanishing-gradient', 'exploding-gradient'] as const) {
      examination.skip({ check, layer: null, reason: 'growth from layer to layer needs two hidden layers' });
    }
    return [];
  }
  const ratio = growth(vitals);
  if (isWithinScales(ratio) || Number.isNaN(ratio)) return [];
  const vanishes = ratio < 1;
  if (!vanishes && hasLearned(examination)) return [];
  const predicted = predictGrowth(patient.network, vitals);
  const normGrowth = predictBatchNormGrowth(patient.network);
  // On data of low rank some units vary little over the batch, and their gradients are stretched with them: that is not depth's doing.
  if (!vanishes && normGrowth !== null && isWithinScales(power(normGrowth, hidden - 1))) return [];
  const scales = Math.abs(Math.log(ratio));
  const keepingVariance = gradientKeepingVariance(patient.network);
  const perLayer = power(ratio, 1 / (hidden - 1));
  return [
    {
      illness: vanishes ? 'vanishing-gradient' : 'exploding-gradient',
      severity: scales > 2 * depthScales ? 'critical' : 'serious',
      layers: vitals.activations.map(({ layer }) => layer.name),
      evidence: [
        evidence('squared gradient at the first pre-activations over that at the last hidden ones', ratio, {
          predicted: predicted?.gradient ?? (normGrowth === null ? null : power(normGrowth, hidden - 1)),
          healthy: [1 / largestFactor, largestFactor],
        }),
        evidence('factor on the squared gradient a layer (χ₁)', perLayer, {
          predicted: predicted?.gradientPerLayer ?? normGrowth,
          healthy: [1 / power(largestFactor, 1 / (hidden - 1)), power(largestFactor, 1 / (hidden - 1))],
        }),
        keepingVariance === null
          ? evidence(whatVariance, meanWeightVariance(vitals))
          : evidence(whatVariance, meanWeightVariance(vitals), { healthy: [keepingVariance, keepingVariance] }),
      ],
      why: why(examination, { ratio, perLayer, predicted, normGrowth }),
      excess: scales / depthScales,
      symptom: {
        what: 'squared gradient at the first pre-activations over that at the last hidden ones',
        measure: growth,
        isHealthy: isWithinScales,
      },
      attempts: growthAttempts(examination),
    },
  ];
};

/**
 * NaN with fewer than two hidden layers, or where the last of them gets no gradient at all. With batch norm the typical layer's factor, to
 * the power of their number: a unit that happens to vary little over the batch is stretched to deviation 1 and with it its gradient, which is
 * a matter of that unit and not of depth.
 */
function growth({ activations, batchNormed }: Vitals): number {
  if (activations.length < 2) return NaN;
  const squares = activations.map(({ squaredGradient }) => squaredGradient);
  if (!batchNormed) return squares[0] / squares[squares.length - 1];
  return power(median(squares.slice(1).map((above, i) => squares[i] / above)), squares.length - 1);
}

/** Of the hidden weight layers above the first, through which the gradient goes. */
export function meanWeightVariance({ weights }: Vitals): number {
  const between = weights.slice(1, -1);
  return between.reduce((product, { weightVariance }) => product * power(weightVariance, 1 / between.length), 1);
}

/** 1/E[φ'²] at pre-activations of variance 1. */
function gradientKeepingVariance(network: Network): number | null {
  const activation = mainActivation(network);
  return activation?.kind === 'elementwise' ? moments(activation).backwardGain ** 2 : null;
}

const whatVariance = 'σ_w² = fanIn × Var[W], geometric mean of the layers between';

interface Growths {
  readonly ratio: number;
  readonly perLayer: number;
  readonly predicted: PredictedGrowth | null;
  readonly normGrowth: number | null;
}

function why({ patient, vitals }: Examination, { ratio, perLayer, predicted, normGrowth }: Growths): string {
  const effect =
    ratio < 1
      ? 'the lower layers learn far more slowly than the upper ones, or not at all'
      : 'a step that suits the upper layers throws the lower ones off';
  const { layers } = patient.network;
  if (normGrowth !== null) {
    return `Batch norm divides by the deviation over the batch, to which the mean of the activation adds nothing: each layer multiplies the squared gradient by E[φ'²]/Var[φ] = ${normGrowth.toPrecision(4)} on the way down, so that ${effect}.`;
  }
  if (layers.some(({ kind }) => kind === 'add')) {
    return `Each residual sum adds its branch's gradient to the stream's: with branches of full size and no normalisation the squared gradient grows by a constant factor a block, so that ${effect}.`;
  }
  const typical = finiteWidthQuantiles(vitals);
  if (predicted && !isWithinScales(predicted.gradient)) {
    return `With these weights, each layer multiplies the squared gradient by χ₁ = σ_w² E[φ'²] = ${predicted.gradientPerLayer.toPrecision(3)} (measured ${perLayer.toPrecision(3)}): ${effect}.`;
  }
  if (predicted && ratio / predicted.gradient > typical[0] && ratio / predicted.gradient < typical[1]) {
    return `Theory for wide layers keeps the gradient, but these layers are too narrow for their depth (Σ 1/width = ${typical[2].toPrecision(3)}): products of that many small random matrices scatter log-normally, and ${effect}.`;
  }
  return `The product of the layers' Jacobians ${ratio < 1 ? 'shrinks' : 'stretches'} the gradient more than random weights of this variance would: ${effect}.`;
}

/** The 0.1 % and 99.9 % quantiles of a random network's squared gradient around its mean, and β. */
function finiteWidthQuantiles({ weights }: Vitals): readonly [number, number, number] {
  const { quantile, beta } = finiteWidth({ widths: weights.slice(0, -1).map(({ layer }) => layer.outputs) });
  return [quantile(0.001), quantile(0.999), beta];
}

/** What keeps signals and gradients at their size, in the order of how little it changes. */
export function growthAttempts({ patient: { network } }: Examination): Suspicion['attempts'] {
  const residual = network.layers.some(({ kind }) => kind === 'add');
  const batchNormed = network.layers.some(({ kind }) => kind === 'batch-norm');
  const attempts: readonly (Attempt | null)[] = [
    residual ? scaleBranches : null,
    batchNormed ? layerNormForBatchNorm : null,
    recommendedInitialisation(network),
    gradientKeepingInitialisation(network),
    reluInstead,
    layerNormBeforeActivations,
  ];
  return present(...attempts);
}
