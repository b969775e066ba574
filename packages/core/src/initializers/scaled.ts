import { ParameterError } from '../errors.ts';
import type { FanMode, Initializer } from '../initializer.ts';
import { finite, positive, readOptions, refuseUnknown } from '../options.ts';
import { defineInitializer } from './define-initializer.ts';

/*
 * Variance scaling: Var[W] = gain² / fan, where the fan is that of the inputs, of the outputs, or the mean of both. Xavier,
 * He and LeCun differ in their defaults alone. A normal draw is a plain one, as in the papers and in PyTorch (Keras cuts its
 * own at two deviations, to the same variance); a uniform one is U(±√(3 gain² / fan)).
 */

export interface ScaledOptions {
  /** Which fan scales the weights. Default 'fan-average' for Xavier, 'fan-in' for the others. */
  readonly mode?: FanMode;
  /** Factor on the deviation; above 0. Default 1. */
  readonly gain?: number;
}

/** `slope` or `gain`, not both. */
export interface HeOptions {
  /** Which fan scales the weights. Default 'fan-in'. */
  readonly mode?: FanMode;
  /** Slope of a leaky ReLU for x < 0, from which the gain follows: gain² = 2 / (1 + slope²). Default 0, the ReLU. */
  readonly slope?: number;
  /** Factor on the deviation in place of the one that `slope` gives; above 0. Default √2. */
  readonly gain?: number;
}

const glorot = {
  title: 'Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks',
  url: 'https://proceedings.mlr.press/v9/glorot10a.html',
};
const he = {
  title: 'He, Zhang, Ren & Sun 2015, Delving deep into rectifiers',
  url: 'https://arxiv.org/abs/1502.01852',
};
const lecun = {
  title: 'LeCun, Bottou, Orr & Müller 1998, Efficient BackProp',
  url: 'https://doi.org/10.1007/3-540-49430-8_2',
};

/**
 * Weights N(0, gain² · 2 / (fanIn + fanOut)): a compromise between keeping the variance of activations forward and of
 * gradients backward, for activations that are nearly linear around 0, such as tanh. Biases 0.
 */
export function xavierNormal(options: ScaledOptions = {}): Initializer {
  return withGain('xavier-normal', glorot, 'fan-average', options);
}

/** Weights U(±gain √(6 / (fanIn + fanOut))): the variance of `xavier-normal`. Biases 0. */
export function xavierUniform(options: ScaledOptions = {}): Initializer {
  return withGain('xavier-uniform', glorot, 'fan-average', options);
}

/** Weights N(0, 2 / fanIn), which keeps the second moment of activations from ReLU layer to ReLU layer. Biases 0. */
export function heNormal(options: HeOptions = {}): Initializer {
  return withSlope('he-normal', options);
}

/** Weights U(±√(6 / fanIn)): the variance of `he-normal`. Biases 0. */
export function heUniform(options: HeOptions = {}): Initializer {
  return withSlope('he-uniform', options);
}

/** Weights N(0, 1 / fanIn), which keeps the variance through a linear layer; the one that SELU is made for. Biases 0. */
export function lecunNormal(options: ScaledOptions = {}): Initializer {
  return withGain('lecun-normal', lecun, 'fan-in', options);
}

/** Weights U(±√(3 / fanIn)): the variance of `lecun-normal`. Biases 0. */
export function lecunUniform(options: ScaledOptions = {}): Initializer {
  return withGain('lecun-uniform', lecun, 'fan-in', options);
}

type Name = `${'xavier' | 'he' | 'lecun'}-${'normal' | 'uniform'}`;

function withGain(name: Name, source: Initializer['source'], byDefault: FanMode, options: ScaledOptions): Initializer {
  refuseUnknown(name, options, ['mode', 'gain']);
  const { mode = byDefault, ...rest } = options;
  const { gain } = readOptions(name, rest, { gain: positive(1) });
  return scaled(name, source, mode, gain ** 2, { mode, gain });
}

function withSlope(name: Name, options: HeOptions): Initializer {
  refuseUnknown(name, options, ['mode', 'slope', 'gain']);
  const { mode = 'fan-in', ...rest } = options;
  const { slope, gain } = readOptions(name, rest, { slope: finite(0), gain: positive(Math.SQRT2) });
  if (options.gain === undefined) return scaled(name, he, mode, 2 / (1 + slope ** 2), { mode, slope });
  if (options.slope === undefined) return scaled(name, he, mode, gain ** 2, { mode, gain });
  throw new ParameterError(`${name} takes slope or gain, not both: slope stands for gain = √(2 / (1 + slope²))`);
}

function scaled(
  name: Name,
  source: Initializer['source'],
  mode: FanMode,
  gainSquared: number,
  parameters: Initializer['parameters'],
): Initializer {
  const fan = fanOf(name, mode);
  const variance = (fanIn: number, fanOut: number): number => gainSquared / fan(fanIn, fanOut);
  return defineInitializer({
    name,
    parameters,
    source,
    variance,
    weights(out, fanIn, fanOut, stream) {
      if (name.endsWith('-normal')) {
        stream.fillNormal(out, 0, Math.sqrt(variance(fanIn, fanOut)));
      } else {
        const limit = Math.sqrt(3 * variance(fanIn, fanOut));
        stream.fillUniform(out, -limit, limit);
      }
    },
  });
}

function fanOf(name: Name, mode: FanMode): (fanIn: number, fanOut: number) => number {
  switch (mode) {
    case 'fan-in':
      return (fanIn) => fanIn;
    case 'fan-out':
      return (_, fanOut) => fanOut;
    case 'fan-average':
      return (fanIn, fanOut) => (fanIn + fanOut) / 2;
    default:
      throw new ParameterError(
        `mode of ${name} must be 'fan-in', 'fan-out' or 'fan-average', not ${JSON.stringify(mode)}`,
      );
  }
}
