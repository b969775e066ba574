import { DataError, type Dataset, ParameterError, didYouMean, random } from '@relu-lab/core';
import { finite, notNegative, readOptions, refuseUnknown, wholeFrom } from '@relu-lab/core/options';

/** Functions of one variable to be learnt; on the default range [−1, 1) each shows one difficulty. */
const functions = {
  /** sin 2πx: smooth, two half waves either side. */
  sine: (x: number): number => Math.sin(2 * Math.PI * x),
  /** |x|: one kink. */
  absolute: (x: number): number => Math.abs(x),
  /** 0 for x < 0, else 1: a jump. */
  step: (x: number): number => (x < 0 ? 0 : 1),
  /** x²: curved everywhere. */
  square: (x: number): number => x * x,
  /** 1/(1 + 25x²): flat outside, steep inside (Runge 1901). */
  runge: (x: number): number => 1 / (1 + 25 * x * x),
  /** From −1 at every multiple of ½ straight up to 1 half way, and down: seven kinks inside the range. */
  triangle: (x: number): number => 4 * Math.abs(2 * x - Math.round(2 * x)) - 1,
};

/** The names that `sampleFunction` knows. */
export type FunctionName = 'sine' | 'absolute' | 'step' | 'square' | 'runge' | 'triangle';

export const functionNames: readonly FunctionName[] = Object.keys(functions) as FunctionName[];

export interface FunctionOptions {
  /** The function to be learnt, by name or itself. Default 'sine'. */
  readonly f?: FunctionName | ((x: number) => number);
  /** Rows of the data set. Default 200. */
  readonly samples?: number;
  /** Lower end of the inputs. Default −1. */
  readonly from?: number;
  /** Upper end of the inputs, above `from`. Default 1. */
  readonly to?: number;
  /** Standard deviation of the normal noise on the targets; at least 0. Default 0. */
  readonly noise?: number;
  /** A whole number from 0. Default 0. */
  readonly seed?: number;
}

/**
 * Values of a function of one variable: one feature x, uniform on [from, to), and one target value f(x) + noise a row.
 *
 * @throws ParameterError for an unknown function (with the nearest name), from ≥ to, or another option out of range or unknown.
 * @throws DataError when f(x) is not a finite number, naming x.
 */
export function sampleFunction(options: FunctionOptions = {}): Dataset {
  const { f = 'sine', ...rest } = options;
  refuseUnknown('sampleFunction', rest, ['f', 'samples', 'from', 'to', 'noise', 'seed']);
  const { samples, from, to, noise, seed } = readOptions('sampleFunction', rest, {
    samples: wholeFrom(1, 200),
    from: finite(-1),
    to: finite(1),
    noise: notNegative(0),
    seed: wholeFrom(0, 0),
  });
  if (!(from < to)) throw new ParameterError(`sampleFunction needs from < to; got from ${from} and to ${to}`);
  const value = typeof f === 'function' ? f : functionNamed(f);
  const name = typeof f === 'function' ? f.name || 'a function' : f;
  const stream = random(seed).stream('function');
  const inputs = new Float32Array(samples);
  stream.stream('place').fillUniform(inputs, from, to);
  const disturbances = stream.stream('noise');
  // f is taken at the float32 that is stored, so that the target belongs to it.
  const targets = inputs.map((x) => {
    const y = value(x);
    if (!Number.isFinite(Math.fround(y))) throw new DataError(`f(x) must be a finite number, but f(${x}) is ${y}`);
    return y + disturbances.normal(0, noise);
  });
  return { name, rows: samples, features: 1, inputs, targets };
}

function functionNamed(name: FunctionName): (x: number) => number {
  if (functionNames.includes(name)) return functions[name];
  const hint = didYouMean(String(name), functionNames);
  throw new ParameterError(
    `There is no function '${String(name)}'${hint}; there are ${functionNames.join(', ')}, and any (x) => y`,
  );
}
