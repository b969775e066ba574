import { seluContractionDomain, seluMap } from '@relu-lab/theory';
import { optionalNumber } from '../option-kinds.ts';
import { type TheoryCommand, ofNumbers } from '../theory-command.ts';

export const seluCommands: readonly TheoryCommand[] = [
  ofNumbers({
    name: 'selu-map',
    summary: 'what a SELU layer makes of the mean and variance of activations',
    takes: {
      mean: optionalNumber('μ, mean of the activations below', '0'),
      variance: optionalNumber('ν, variance of the activations below', '1'),
      weightSum: optionalNumber("ω, sum of a unit's weights", '0'),
      weightSquareSum: optionalNumber('τ, sum of their squares', '1'),
    },
    results: {
      mean: 'μ̃ = E[selu(z)], z ~ N(μω, ντ)',
      variance: 'ν̃ = Var[selu(z)]',
      jacobian: 'derivatives of μ̃ and ν̃ (rows) by μ and ν (columns)',
      jacobianNorm: 'its largest singular value: below 1, the map contracts',
    },
    example: '--mean 0.1 --variance 1.2',
    compute: (options) => seluMap(options),
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
