import type { ElementwiseActivation, Range, Source } from '../activation.ts';
import { ParameterError } from '../errors.ts';
import { refuseUnknown } from '../options.ts';
import { activationNames } from './by-name.ts';

/** An activation of one's own: see {@link defineActivation}. */
export interface ActivationDefinition {
  /** What tables and figures call it; not empty, and no name of the catalogue. */
  readonly name: string;
  /** φ(x) in float64; NaN for NaN. */
  readonly value: (x: number) => number;
  /** φ'(x) in float64, and at a kink the subgradient of your choice; NaN for NaN. */
  readonly derivative: (x: number) => number;
  /** φ'(x) from y = φ(x), only if y tells it for every x: networks then use it instead of `derivative`. Default: none. */
  readonly derivativeFromOutput?: (y: number) => number;
  /** Points where φ is not differentiable, ascending. Default none. */
  readonly kinks?: readonly number[];
  /** The values that φ takes. Default all real numbers. */
  readonly range?: Range;
  /** Whether φ(c x) = c φ(x) for every c > 0. Default `false`. */
  readonly positivelyHomogeneous?: boolean;
  /** The parameters in force, for tables. Default none. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** The formula in TeX, without delimiters. Default the name. */
  readonly tex?: string;
  /** Where it comes from. Default: its author. */
  readonly source?: Source;
}

const keys = [
  'name',
  'value',
  'derivative',
  'derivativeFromOutput',
  'kinks',
  'range',
  'positivelyHomogeneous',
  'parameters',
  'tex',
  'source',
] satisfies readonly (keyof ActivationDefinition)[];

/** Points of both signs at which every activation has a value. */
const ordinaryPoints: readonly number[] = [-2.5, -1, -0.3, 0, 0.3, 1, 2.5];

/**
 * An elementwise activation of one's own, to be used wherever one of the catalogue is:
 *
 *     const square = defineActivation({ name: 'squared-relu', value: (x) => Math.max(0, x) ** 2, derivative: (x) => 2 * Math.max(0, x) });
 *
 * There is no compiled kernel for it: backends call `value` and `derivative` element by element.
 *
 * @throws ParameterError when a field is missing, unknown or of the wrong kind, when the name is
 *   one of the catalogue, when the kinks are not finite and
 *   ascending, when the range is empty, or when at an ordinary point φ or φ' is not a number, or `derivativeFromOutput`
 *   disagrees with `derivative` by more than a millionth.
 */
export function defineActivation(definition: ActivationDefinition): ElementwiseActivation {
  refuseUnknown('defineActivation', definition, keys);
  const { name, value, derivative, derivativeFromOutput, kinks = [], range = everything } = definition;
  if (typeof name !== 'string' || name.trim() === '') {
    throw new ParameterError(`An activation needs a name that is not empty, not ${JSON.stringify(name)}`);
  }
  if (activationNames.some((taken) => taken === name)) {
    throw new ParameterError(`'${name}' is an activation of the catalogue; give your own another name`);
  }
  requireFunction(name, 'value', value);
  requireFunction(name, 'derivative', derivative);
  if (derivativeFromOutput !== undefined) requireFunction(name, 'derivativeFromOutput', derivativeFromOutput);
  checkKinks(name, kinks);
  checkRange(name, range);
  checkAtOrdinaryPoints(definition);
  return {
    kind: 'elementwise',
    name,
    parameters: { ...definition.parameters },
    tex: definition.tex ?? `\\operatorname{${name}}(x)`,
    source: definition.source ?? { title: 'Defined by its author', url: '' },
    kinks: [...kinks],
    range: { ...range },
    positivelyHomogeneous: definition.positivelyHomogeneous ?? false,
    value,
    derivative,
    ...(derivativeFromOutput !== undefined && { derivativeFromOutput }),
  };
}

const everything: Range = { from: -Infinity, to: Infinity, closedFrom: false, closedTo: false };

function requireFunction(name: string, field: string, value: unknown): void {
  if (typeof value === 'function') return;
  throw new ParameterError(`${field} of the activation '${name}' must be a function of a number, not ${String(value)}`);
}

function checkKinks(name: string, kinks: readonly number[]): void {
  const ascending = kinks.every((kink, i) => Number.isFinite(kink) && (i === 0 || kink > kinks[i - 1]));
  if (ascending) return;
  throw new ParameterError(
    `The kinks of the activation '${name}' must be finite and ascending, not [${kinks.join(', ')}]`,
  );
}

function checkRange(name: string, { from, to }: Range): void {
  if (from <= to) return;
  throw new ParameterError(
    `The range of the activation '${name}' must go from a number to one not below it, not from ${from} to ${to}`,
  );
}

function checkAtOrdinaryPoints({ name, value, derivative, derivativeFromOutput }: ActivationDefinition): void {
  for (const x of ordinaryPoints) {
    requireNumber(name, 'value', x, value(x));
    requireNumber(name, 'derivative', x, derivative(x));
    if (derivativeFromOutput === undefined) continue;
    const fromInput = derivative(x);
    const fromOutput = derivativeFromOutput(value(x));
    if (Math.abs(fromOutput - fromInput) <= 1e-6 * Math.max(1, Math.abs(fromInput))) continue;
    throw new ParameterError(
      `derivativeFromOutput of the activation '${name}' must give the derivative from the output: at x = ${x} it gives ${fromOutput}, and derivative gives ${fromInput}; leave it out unless the output tells the derivative for every x`,
    );
  }
}

function requireNumber(name: string, field: string, x: number, result: unknown): void {
  if (typeof result === 'number' && !Number.isNaN(result)) return;
  throw new ParameterError(
    `${field} of the activation '${name}' must be a number, but at x = ${x} it is ${String(result)}`,
  );
}
