import type { Initializer } from '@relu-lab/core';
import {
  batchNormGrowth,
  finiteWidth,
  fixupScale,
  residualGrowth,
  signalGrowth,
  trainableDepth,
} from '@relu-lab/theory';
import { number, optionalNumber, optionalNumbers, widths } from '../option-kinds.ts';
import { type TheoryCommand, type TheoryValues, ofActivation, ofNumbers } from '../theory-command.ts';
import { biasVariance, weightVariance } from './layer-options.ts';

const signalOptions = {
  widths: widths('units from the input to the output'),
  inputSecondMoment: optionalNumber("mean square of the input's features", '1'),
};

export const depthCommands: readonly TheoryCommand[] = [
  ofNumbers({
    name: 'finite-width',
    summary: 'what finite width does to the length of signals in a He-initialised ReLU network',
    takes: {
      widths: widths('units of each hidden layer'),
      quantiles: optionalNumbers('probabilities of quantiles, each from 0 to 1', '0.05,0.25,0.75,0.95'),
    },
    results: {
      beta: 'β = Σ 1/n_l: what depth costs',
      secondMomentRatio: 'E[M²]/E[M]² of M = |a|²/n, Π (1 + 5/n_l): exact',
      preActivationSecondMomentRatio: 'the same of the last pre-activations: exact',
      median: 'median of M/E[M], e^(−5β/2): for small 1/n_l',
      quantiles: 'quantiles of M/E[M]: for small 1/n_l',
      probability: 'share of networks below',
      value: 'M/E[M]',
    },
    example: '--widths 100x20',
    compute: ({ quantiles = [0.05, 0.25, 0.75, 0.95], ...options }) => {
      const { quantile, ...law } = finiteWidth(options);
      return { ...law, quantiles: quantiles.map((probability) => ({ probability, value: quantile(probability) })) };
    },
  }),
  {
    name: 'signal-growth',
    subject: 'activation and initializer',
    summary: 'variance of signals and gradients layer by layer, for an initialisation and widths',
    takes: signalOptions,
    results: {
      layer: 'weight layer, from 1 on',
      fanIn: 'inputs of the layer',
      fanOut: 'units of the layer',
      weightVariance: 'σ_w² = fanIn × Var[W]',
      biasVariance: 'Var[b]',
      q: 'variance of the pre-activations',
      squaredGradient: 'mean square of the gradient, relative to the output',
    },
    example: '--activation relu --widths 64x5 --initializer xavier-normal',
    compute: (values, activation) => {
      const options = values as TheoryValues<typeof signalOptions> & { readonly initializer: Initializer };
      return signalGrowth(activation(), options);
    },
  },
  ofActivation({
    name: 'batch-norm-growth',
    summary: 'growth of squared gradients a layer with batch norm and no skips',
    takes: {},
    results: { squaredGradientGrowth: 'E[φ′²]/Var[φ], towards the input; π/(π − 1) for ReLU' },
    example: '--activation relu',
    compute: (activation) => ({ squaredGradientGrowth: batchNormGrowth(activation) }),
  }),
  ofActivation({
    name: 'residual-growth',
    summary: 'what residual sums do to signals and gradients, block by block',
    takes: {
      weightVariance,
      biasVariance,
      blocks: number('residual blocks'),
      scale: optionalNumber('s, which multiplies the branch', '1'),
      q: optionalNumber('variance of the stream at the start', '1'),
    },
    results: {
      block: 'blocks below',
      q: 'variance of the stream',
      squaredGradient: 'squared gradient, relative to the end',
    },
    example: '--activation relu --weight-variance 2 --blocks 4',
    compute: (activation, options) => residualGrowth(activation, options),
  }),
  ofNumbers({
    name: 'fixup-scale',
    summary: 'what Fixup multiplies the weights inside a residual branch with',
    takes: { blocks: number('L, residual blocks'), layersPerBlock: number('m, weight layers in a branch') },
    results: { scale: 'L^(−1/(2m−2))' },
    example: '--blocks 16 --layers-per-block 2',
    compute: (options) => ({ scale: fixupScale(options) }),
  }),
  ofActivation({
    name: 'trainable-depth',
    summary: 'how deep a network can be for training to reach its first layers',
    takes: { weightVariance, biasVariance, scales: optionalNumber('depth scales that a signal may travel', '6') },
    results: {
      status: 'finite, unlimited (at the edge of chaos) or none',
      depth: 'about so many layers',
      correlationScale: 'ξ_c, in layers',
      reason: 'why there is none',
    },
    example: '--activation tanh --weight-variance 1.5 --bias-variance 0.05',
    compute: (activation, options) => trainableDepth(activation, options),
  }),
];
