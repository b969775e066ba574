import { maxoutMoments, moments } from '@relu-lab/theory';
import { number, optionalNumber } from '../option-kinds.ts';
import { ofActivation, ofNumbers } from '../theory-command.ts';
import type { TheoryCommand } from '../theory-command.ts';

export const momentCommands: readonly TheoryCommand[] = [
  ofActivation({
    name: 'moments',
    summary: 'expectations and gains of an activation for a normal pre-activation',
    takes: {
      mean: optionalNumber('mean of the pre-activation', '0'),
      variance: optionalNumber('variance of the pre-activation', '1'),
    },
    results: {
      mean: 'E[φ]',
      secondMoment: 'E[φ²]',
      variance: 'Var[φ]',
      derivativeSecondMoment: 'E[φ′²]: what the variance of gradients is multiplied with',
      curvatureMoment: 'E[φ″φ], kinks included',
      forwardGain: 'σ_w that keeps the variance of pre-activations, √(variance / E[φ²])',
      backwardGain: 'σ_w that keeps the variance of gradients, 1/√E[φ′²]',
    },
    example: '--activation elu --alpha 1',
    compute: (activation, options) => moments(activation, options),
  }),
  ofNumbers({
    name: 'maxout-moments',
    summary: 'expectations and gain of the largest of k standard normal pre-activations',
    takes: { pieces: number('k, pieces of a unit') },
    results: {
      mean: 'E[max]',
      secondMoment: 'E[max²]',
      variance: 'Var[max]',
      forwardGain: 'σ_w that keeps the second moment, 1/√E[max²]',
    },
    example: '--pieces 2',
    compute: (options) => maxoutMoments(options),
  }),
];
