import type { Activation } from '../activation.ts';
import { ParameterError } from '../errors.ts';
import { didYouMean } from '../nearest-name.ts';
import * as catalogue from './catalogue.ts';
import { refuseUnknown } from '../options.ts';

type Catalogue = typeof catalogue;

/** 'leakyRelu' → 'leaky-relu'. */
type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${Lowercase<First>}${Rest extends Uncapitalize<Rest> ? '' : '-'}${Kebab<Uncapitalize<Rest>>}`
  : Name;

/** By name, what makes the activation: the export `<name>With` where there is one, else the export itself. */
type Makers = {
  [
    Export in keyof Catalogue & string as Export extends `${string}With` ? never : Kebab<Export>
  ]: `${Export}With` extends keyof Catalogue ? Catalogue[`${Export}With`] : Catalogue[Export];
};

/** The names that {@link activation} knows: 'relu', 'leaky-relu', … */
export type ActivationName = keyof Makers;

/** The options that the activation of that name takes. */
export type ActivationOptions<Name extends ActivationName> = Name extends Name
  ? Makers[Name] extends (options?: infer Options) => Activation
    ? Options
    : Readonly<Record<string, never>>
  : never;

/** What {@link activation} returns for that name. */
export type ActivationNamed<Name extends ActivationName> = Name extends Name
  ? Makers[Name] extends (...options: never[]) => infer Made
    ? Made
    : Makers[Name]
  : never;

type Maker = (options: object) => Activation;

interface Entry {
  readonly standard: Activation;
  readonly make: Maker;
}

function entries(): ReadonlyMap<string, Entry> {
  const exported = new Map<string, unknown>(Object.entries(catalogue));
  const found = new Map<string, Entry>();
  for (const [key, value] of [...exported].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (key.endsWith('With')) continue;
    const name = key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
    const variant = exported.get(`${key}With`);
    if (typeof value === 'function') {
      const make = value as Maker;
      found.set(name, { standard: make({}), make });
    } else {
      const standard = value as Activation;
      const make = (variant as Maker | undefined) ?? ((options) => withoutOptions(standard, options));
      found.set(name, { standard, make });
    }
  }
  return found;
}

function withoutOptions(standard: Activation, options: object): Activation {
  refuseUnknown(standard.name, options, []);
  return standard;
}

const byName: ReadonlyMap<string, Entry> = entries();

/** The names of all activations, in alphabetical order. */
export const activationNames: readonly ActivationName[] = [...byName.keys()] as ActivationName[];

/**
 * The activation called `name`, with its options: `activation('leaky-relu', { alpha: 0.2 })`.
 *
 * Names are in kebab-case; {@link activationNames} lists them. A name that is only known as a `string`, from a file or a
 * command line, is checked when the program runs.
 *
 * @throws ParameterError for a name that is not in the catalogue (with the nearest one and all of them), and for options
 *   that the activation does not take or whose values it does not accept.
 */
export function activation<Name extends string>(
  name: Name & (string extends Name ? unknown : never),
  options?: Readonly<Record<string, number>>,
): Activation;
export function activation<Name extends ActivationName>(
  name: Name,
  options?: ActivationOptions<Name>,
): ActivationNamed<Name>;
export function activation(name: unknown, options?: unknown): unknown {
  const entry = byName.get(name as string);
  if (entry === undefined) {
    const hint = didYouMean(String(name), activationNames);
    throw new ParameterError(
      `There is no activation '${String(name)}'${hint}; there are ${activationNames.join(', ')}`,
    );
  }
  return options === undefined ? entry.standard : entry.make(options as object);
}
