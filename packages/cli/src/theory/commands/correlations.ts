import { correlationFixedPoint, correlationMap, correlationSlope, ntk } from '@relu-lab/theory';
import { number, optionalNumber } from '../option-kinds.ts';
import { type TheoryCommand, ofActivation } from '../theory-command.ts';
import { biasVariance, weightVariance } from './layer-options.ts';

const q = optionalNumber('q, variance of the pre-activations', 'where q = 1 goes');
const rho = number('ρ, correlation of the two inputs, from −1 to 1');

export const correlationCommands: readonly TheoryCommand[] = [
  ofActivation({
    name: 'correlation-map',
    summary: "the correlation of the next layer's pre-activations for two inputs",
    takes: { weightVariance, biasVariance, q, rho },
    results: { correlation: 'R(ρ)' },
    example: '--activation relu --weight-variance 2 --rho 0.5',
    compute: (activation, { rho: at, ...layer }) => ({ correlation: correlationMap(activation, layer, at) }),
  }),
  ofActivation({
    name: 'correlation-slope',
    summary: 'the slope of the correlation map: χ₁ at ρ = 1',
    takes: { weightVariance, biasVariance, q, rho },
    results: { slope: 'R′(ρ)' },
    example: '--activation relu --weight-variance 2 --rho 0.5',
    compute: (activation, { rho: at, ...layer }) => ({ slope: correlationSlope(activation, layer, at) }),
  }),
  ofActivation({
    name: 'correlation-fixed-point',
    summary: 'the correlation that all pairs of inputs tend to',
    takes: { weightVariance, biasVariance, q },
    results: {
      correlation: 'c* = R(c*)',
      slope: 'R′(c*)',
      correlationScale: 'ξ_c = −1/ln R′(c*), in layers; ∞ where the slope is 1',
    },
    example: '--activation tanh --weight-variance 2.5',
    compute: (activation, layer) => correlationFixedPoint(activation, layer),
  }),
  ofActivation({
    name: 'ntk',
    summary: 'neural tangent kernel and covariance of two inputs, layer by layer',
    takes: {
      weightVariance,
      biasVariance,
      depth: number('hidden layers'),
      rho,
      q: optionalNumber('variance of the first pre-activations', '1'),
    },
    results: {
      layer: 'hidden layers below the pre-activations',
      kernel: 'Θ_l / q, neural tangent kernel',
      nngp: 'K_l / q, covariance of the pre-activations',
    },
    example: '--activation relu --weight-variance 2 --depth 3 --rho 0.5',
    compute: (activation, options) => ntk(activation, options),
  }),
];
