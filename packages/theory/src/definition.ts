import { type ElementwiseActivation, ParameterError, checkActivation } from '@relu-lab/core';

/** How far φ(2x) may be from 2 φ(x), as a share, for an activation that says it is positively homogeneous. */
const homogeneityTolerance = 1e-9;

/**
 * Checks that theory can treat `activation`: elementwise, with kinks that are finite and ascending, and homogeneous if it
 * says so.
 *
 * @throws ParameterError that says what is wrong with it.
 */
export function checkDefinition(activation: unknown): asserts activation is ElementwiseActivation {
  checkActivation(activation);
  if (activation.kind === 'maxout') {
    throw new ParameterError(
      `maxout is not elementwise: its moments are maxoutMoments({ pieces: ${activation.pieces} }); mean field is for elementwise activations`,
    );
  }
  const { name, kinks } = activation;
  const ascending =
    Array.isArray(kinks) && kinks.every((kink, i) => Number.isFinite(kink) && (i === 0 || kink > kinks[i - 1]));
  if (!ascending) {
    throw new ParameterError(
      `The kinks of the activation '${name}' must be finite and ascending, not [${String(kinks)}]`,
    );
  }
  if (activation.positivelyHomogeneous) checkHomogeneity(activation);
}

function checkHomogeneity(activation: ElementwiseActivation): void {
  for (const x of [-1, 1]) {
    const slope = valueAt(activation, x) / x;
    const scaled = valueAt(activation, 4 * x) / (4 * x);
    const derivative = derivativeAt(activation, x);
    const allowed = homogeneityTolerance * Math.max(Math.abs(slope), Number.MIN_VALUE);
    if (Math.abs(scaled - slope) <= allowed && Math.abs(derivative - slope) <= allowed) continue;
    throw new ParameterError(
      `The activation '${activation.name}' says that it is positively homogeneous, but φ(${4 * x}) / ${4 * x} = ${scaled}, φ(${x}) / ${x} = ${slope} and φ'(${x}) = ${derivative} are not the same`,
    );
  }
}

/**
 * φ(x).
 *
 * @throws ParameterError when it is not a number.
 */
export function valueAt(activation: ElementwiseActivation, x: number): number {
  const value: unknown = activation.value(x);
  return typeof value === 'number' && value === value ? value : notANumber(activation.name, 'value', x, value);
}

/**
 * φ'(x).
 *
 * @throws ParameterError when it is not a number.
 */
export function derivativeAt(activation: ElementwiseActivation, x: number): number {
  const value: unknown = activation.derivative(x);
  return typeof value === 'number' && value === value ? value : notANumber(activation.name, 'derivative', x, value);
}

function notANumber(name: string, field: string, x: number, value: unknown): never {
  throw new ParameterError(
    `${field} of the activation '${name}' must be a number, but at x = ${x} it is ${String(value)}`,
  );
}

/** φ' just below and just above x: the same number unless x is a kink. */
export function oneSidedDerivatives(activation: ElementwiseActivation, x: number): readonly [number, number] {
  if (!activation.kinks.includes(x)) {
    const derivative = derivativeAt(activation, x);
    return [derivative, derivative];
  }
  const step = Math.max(1e-30, Math.abs(x) * 2 ** -51);
  return [derivativeAt(activation, x - step), derivativeAt(activation, x + step)];
}
