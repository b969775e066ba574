import { edgeOfChaos, lengthMap, lengthSlope, meanField, phaseDiagram } from '@relu-lab/theory';
import { number, numbers, optionalNumbers } from '../option-kinds.ts';
import { type TheoryCommand, ofActivation } from '../theory-command.ts';
import { biasVariance, weightVariance } from './layer-options.ts';

const q = number('q, variance of the pre-activations');

const scales = {
  lengthScale: 'ξ_q, layers in which disturbances of q fall to 1/e',
  correlationScale: 'ξ_c = −1/ln χ₁, layers in which differences between inputs fall to 1/e',
};

export const meanFieldCommands: readonly TheoryCommand[] = [
  ofActivation({
    name: 'mean-field',
    summary: 'where lengths go in a wide random network: fixed points, χ₁, depth scales',
    takes: { weightVariance, biasVariance },
    results: {
      status: 'what becomes of lengths: converged, marginal, bistable or diverges',
      q: 'variance of pre-activations in the limit of q = 1',
      chi1: 'χ₁ = σ_w² E[φ′²] there: growth of squared gradients a layer',
      ...scales,
      fixedPoints: 'all fixed points of the length map',
      stable: 'whether disturbances of the length die out',
    },
    example: '--activation relu --weight-variance 1.5 --bias-variance 0.1',
    compute: (activation, options) => meanField(activation, options),
  }),
  ofActivation({
    name: 'edge-of-chaos',
    summary: 'the weight variance at which gradients keep their size',
    takes: { biasVariance },
    results: {
      status: 'found, or none',
      weightVariance: 'σ_w² with χ₁ = 1',
      q: 'length of the fixed point',
      reason: 'why there is none',
      candidates: 'points with χ₁ = 1 whose length runs away when it is disturbed',
    },
    example: '--activation tanh --bias-variance 0.05',
    compute: (activation, options) => edgeOfChaos(activation, options),
  }),
  ofActivation({
    name: 'phase-diagram',
    summary: 'mean field on a grid of weight and bias variances',
    takes: {
      weightVariances: numbers('values of σ_w²'),
      biasVariances: optionalNumbers('values of σ_b²', '0'),
    },
    results: {
      weightVariance: 'σ_w²',
      biasVariance: 'σ_b²',
      phase: 'ordered (χ₁ < 1), critical, chaotic (χ₁ > 1) or unbounded (q grows for ever)',
      status: 'what becomes of lengths',
      q: 'variance of pre-activations in the limit of q = 1',
      chi1: 'χ₁ = σ_w² E[φ′²] there',
      ...scales,
    },
    example: '--activation tanh --weight-variances 0.5,1,2 --bias-variances 0,0.1',
    compute: (activation, options) => phaseDiagram(activation, options),
  }),
  ofActivation({
    name: 'length-map',
    summary: "the variance of the next layer's pre-activations",
    takes: { weightVariance, biasVariance, q },
    results: { q: 'V(q) = σ_w² E[φ(√q z)²] + σ_b²' },
    example: '--activation gelu --weight-variance 2 --q 1',
    compute: (activation, options) => ({ q: lengthMap(activation, options) }),
  }),
  ofActivation({
    name: 'length-slope',
    summary: 'the slope of the length map: below 1 at a fixed point, lengths return to it',
    takes: { weightVariance, biasVariance, q },
    results: { slope: 'V′(q) = σ_w² E[φ′² + φ″φ]' },
    example: '--activation selu --weight-variance 1 --q 1',
    compute: (activation, options) => ({ slope: lengthSlope(activation, options) }),
  }),
];
