import { seluContractionDomain, seluFixedPoint, seluMap } from '@relu-lab/theory';
import { optionalNumber } from '../option-kinds.ts';
import { type TheoryCommand, ofNumbers } from '../theory-command.ts';

const weights = {
  weightSum: optionalNumber("ω, sum of a unit's weights", '0'),
  weightSquareSum: optionalNumber('τ, sum of their squares', '1'),
};

const jacobian = {
  jacobian: 'derivatives of μ̃ and ν̃ (rows) by μ and ν (columns)',
  jacobianNorm: 'its largest singular value: below 1, the map contracts',
};

export const seluCommands: readonly TheoryCommand[] = [
  ofNumbers({
    name: 'selu-map',
    summary: 'what a SELU layer makes of the mean and variance of activations',
    takes: {
      mean: optionalNumber('μ, mean of the activations below', '0'),
      variance: optionalNumber('ν, variance of the activations below', '1'),
      ...weights,
    },
    results: {
      mean: 'μ̃ = E[selu(z)], z ~ N(μω, ντ)',
      variance: 'ν̃ = Var[selu(z)]',
      ...jacobian,
    },
    example: '--mean 0.1 --variance 1.2',
    compute: (options) => seluMap(options),
  }),
  ofNumbers({
    name: 'selu-fixed-point',
    summary: 'the mean and variance of activations that a SELU layer leaves as they are',
    takes: weights,
    results: {
      status: 'found, or none',
      mean: 'μ at the fixed point',
      variance: 'ν at the fixed point',
      ...jacobian,
      stable: 'whether what starts close to it comes to it',
      reason: 'why there is none',
    },
    example: '--weight-sum 0.05 --weight-square-sum 1.02',
    compute: (options) => seluFixedPoint(options),
  }),
  ofNumbers({
    name: 'selu-contraction-domain',
    summary: 'intervals on which the SELU map contracts, and which it does not leave',
    takes: {},
    results: {
      mean: 'μ, from and to',
      variance: 'ν, from and to',
      weightSum: 'ω, from and to',
      weightSquareSum: 'τ, from and to',
    },
    example: '',
    compute: () => seluContractionDomain,
  }),
];
