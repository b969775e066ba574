import { batchNormZeroFraction, bornDeadProbability, deadByLayer, deadOnData, zeroFraction } from '@relu-lab/theory';
import { number, numbers, optionalNumber } from '../option-kinds.ts';
import { type TheoryCommand, ofActivation, ofNumbers } from '../theory-command.ts';

const samples = number('m, samples in the data set');

export const deadUnitCommands: readonly TheoryCommand[] = [
  ofNumbers({
    name: 'born-dead',
    summary: 'the probability that a ReLU network without biases is dead at birth',
    takes: { width: number('N, units in each hidden layer'), depth: number('L, weight layers') },
    results: {
      singleInput: 'on one input: 1 − (1 − 2⁻ᴺ)^(L−1), exact',
      lowerBound: 'on all inputs: at least',
      upperBound: 'on all inputs: at most',
    },
    example: '--width 8 --depth 20',
    compute: (options) => bornDeadProbability(options),
  }),
  ofNumbers({
    name: 'dead-on-data',
    summary: 'the probability that a ReLU unit of a wide layer is silent on a whole data set',
    takes: { samples, correlation: number('ρ, correlation of its pre-activations on any two samples, from 0 to 1') },
    results: { dead: 'silent on all samples', alwaysOn: 'silent on none, so linear on the data' },
    example: '--samples 200 --correlation 0.9',
    compute: (options) => deadOnData(options),
  }),
  ofNumbers({
    name: 'dead-by-layer',
    summary: 'expected dead and always-on shares in each layer of a He-initialised ReLU network',
    takes: {
      samples,
      correlations: numbers('cosines of pairs of inputs, or one for all'),
      depth: number('hidden layers'),
    },
    results: {
      layer: 'hidden layer, from 1 on',
      correlation: 'mean correlation of pre-activations',
      deviation: 'its standard deviation over pairs; good below a fifth of 1 − correlation',
      dead: 'share of units that are silent on all samples',
      alwaysOn: 'share of units that are silent on none',
    },
    example: '--samples 200 --correlations 0 --depth 20',
    compute: ({ correlations, ...options }) => deadByLayer({ ...options, correlations }),
  }),
  ofActivation({
    name: 'zero-fraction',
    summary: 'the expected share of elements that are exactly zero',
    takes: {
      q: optionalNumber('variance of pre-activations without the bias', '1'),
      bias: optionalNumber('mean of the biases', '0'),
      biasVariance: optionalNumber('σ_b², variance of the biases', '0'),
    },
    results: { zeroFraction: 'P(φ is constant 0 there)' },
    example: '--activation relu --bias 0.5',
    compute: (activation, options) => ({ zeroFraction: zeroFraction(activation, options) }),
  }),
  ofActivation({
    name: 'batch-norm-zero-fraction',
    summary: 'the expected share of exact zeros after batch norm',
    takes: { gamma: optionalNumber('γ', '1'), beta: optionalNumber('β', '0') },
    results: { zeroFraction: 'P(φ is constant 0 there)' },
    example: '--activation relu --gamma 1 --beta -0.5',
    compute: (activation, options) => ({ zeroFraction: batchNormZeroFraction(activation, options) }),
  }),
];
