import { ParameterError } from '../errors.ts';
import type { Initializer } from '../initializer.ts';
import { didYouMean } from '../nearest-name.ts';
import { type ConstantOptions, constant, zeros } from './constant.ts';
import { kerasDefault, pytorchDefault } from './framework-defaults.ts';
import { type LsuvOptions, lsuv } from './lsuv.ts';
import { type NormalOptions, normal } from './normal.ts';
import { type OrthogonalOptions, orthogonal } from './orthogonal.ts';
import {
  type HeOptions,
  type ScaledOptions,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  xavierNormal,
  xavierUniform,
} from './scaled.ts';
import { type TruncatedNormalOptions, truncatedNormal } from './truncated-normal.ts';
import { type UniformOptions, uniform } from './uniform.ts';

type NoOptions = Readonly<Record<string, never>>;

/**
 * What each initialiser takes. Exported because a compiler that writes down the type of `initializerNames`, as that of a notebook does,
 * needs a name for it.
 */
export interface InitializerOptionsByName {
  readonly zeros: NoOptions;
  readonly constant: ConstantOptions;
  readonly uniform: UniformOptions;
  readonly normal: NormalOptions;
  readonly 'truncated-normal': TruncatedNormalOptions;
  readonly 'xavier-normal': ScaledOptions;
  readonly 'xavier-uniform': ScaledOptions;
  readonly 'he-normal': HeOptions;
  readonly 'he-uniform': HeOptions;
  readonly 'lecun-normal': ScaledOptions;
  readonly 'lecun-uniform': ScaledOptions;
  readonly orthogonal: OrthogonalOptions;
  readonly 'pytorch-default': NoOptions;
  readonly 'keras-default': NoOptions;
  readonly lsuv: LsuvOptions;
}

/** The names that {@link initializer} knows. */
export type InitializerName = keyof InitializerOptionsByName;

/** The options that the initialiser of that name takes. */
export type InitializerOptions<Name extends InitializerName> = InitializerOptionsByName[Name];

const makers: { readonly [Name in InitializerName]: (options?: InitializerOptionsByName[Name]) => Initializer } = {
  zeros,
  constant,
  uniform,
  normal,
  'truncated-normal': truncatedNormal,
  'xavier-normal': xavierNormal,
  'xavier-uniform': xavierUniform,
  'he-normal': heNormal,
  'he-uniform': heUniform,
  'lecun-normal': lecunNormal,
  'lecun-uniform': lecunUniform,
  orthogonal,
  'pytorch-default': pytorchDefault,
  'keras-default': kerasDefault,
  lsuv,
};

/** The names of all initialisers, from the simple to the elaborate. */
export const initializerNames: readonly InitializerName[] = Object.keys(makers) as InitializerName[];

const byName: ReadonlyMap<string, unknown> = new Map(Object.entries(makers));

/**
 * The initialiser called `name`, with its options: `initializer('he-normal', { slope: 0.01 })`.
 *
 * | name | weights | options, with their defaults |
 * |---|---|---|
 * | `zeros` | 0 | |
 * | `constant` | `value` | value 0 |
 * | `uniform` | U(low, high) | low −0.05, high 0.05 |
 * | `normal` | N(mean, deviation²) | mean 0, deviation 0.05 |
 * | `truncated-normal` | the same, cut at ±2 deviations | mean 0, deviation 0.05 |
 * | `xavier-normal`, `xavier-uniform` | variance gain² / fan | mode 'fan-average', gain 1 |
 * | `he-normal`, `he-uniform` | variance 2 / ((1 + slope²) fan) | mode 'fan-in', slope 0 (or gain √2) |
 * | `lecun-normal`, `lecun-uniform` | variance gain² / fan | mode 'fan-in', gain 1 |
 * | `orthogonal` | gain × orthonormal rows or columns | gain 1 |
 * | `pytorch-default` | U(±1/√fanIn), biases too | |
 * | `keras-default` | as `xavier-uniform` | |
 * | `lsuv` | as `orthogonal`, rescaled on data by the network | outputVariance 1 |
 *
 * A name that is only known as a `string`, from a file or a command line, is checked when the program runs.
 *
 * @throws ParameterError for a name that is not in the list (with the nearest one and all of them), and for options that
 *   the initialiser does not take or whose values it does not accept.
 */
export function initializer<Name extends string>(
  name: Name & (string extends Name ? unknown : never),
  options?: Readonly<Record<string, number | string>>,
): Initializer;
export function initializer<Name extends InitializerName>(name: Name, options?: InitializerOptions<Name>): Initializer;
export function initializer(name: string, options?: object): Initializer {
  const make = byName.get(name) as ((options?: object) => Initializer) | undefined;
  if (make === undefined) {
    const hint = didYouMean(String(name), initializerNames);
    throw new ParameterError(
      `There is no initializer '${String(name)}'${hint}; there are ${initializerNames.join(', ')}`,
    );
  }
  return make(options);
}
