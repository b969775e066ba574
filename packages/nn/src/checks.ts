import { ParameterError } from '@relu-lab/core';

/** Refuses anything but a whole number ≥ 1. */
export function checkCount(what: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new ParameterError(`${what} must be a whole number of at least 1, not ${String(value)}`);
  }
}

/** Refuses anything but a finite number > 0. */
export function checkPositive(what: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new ParameterError(`${what} must be a positive finite number, not ${String(value)}`);
  }
}

/** Refuses anything but a finite number ≥ 0. */
export function checkNotNegative(what: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0)) {
    throw new ParameterError(`${what} must be a finite number of at least 0, not ${String(value)}`);
  }
}

/** Refuses anything but a number in [0, 1). */
export function checkFraction(what: string, value: number): void {
  if (!(value >= 0 && value < 1))
    throw new ParameterError(`${what} must be at least 0 and below 1, not ${String(value)}`);
}

/** Refuses anything but a Float32Array or a Float64Array. */
export function checkFloats(what: string, value: unknown): void {
  if (value instanceof Float32Array || value instanceof Float64Array) return;
  throw new ParameterError(
    `${what} must be a Float32Array (or a Float64Array), rows × features, not ${describe(value)}`,
  );
}

/** Refuses anything but an initialiser. */
export function checkInitializer(value: unknown): void {
  if (typeof value === 'object' && value !== null && 'weights' in value && typeof value.weights === 'function') return;
  throw new ParameterError(`weights must be an initialiser such as initializer('he-normal'), not ${describe(value)}`);
}

/**
 * Refuses anything but a network. By what it can do, not by its class: two copies of this package may meet.
 *
 * @throws ParameterError.
 */
export function checkNetwork(value: unknown): void {
  if (typeof value === 'object' && value !== null && 'layers' in value && 'forward' in value) {
    if (Array.isArray(value.layers) && typeof value.forward === 'function') return;
  }
  throw new ParameterError(`A network is asked for, such as mlp({ … }) makes, not ${describe(value)}`);
}

/** Refuses anything but an array. */
export function checkArray(what: string, value: unknown): void {
  if (!Array.isArray(value)) throw new ParameterError(`${what} must be an array, not ${describe(value)}`);
}

function describe(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? 'an array' : `a ${value.constructor?.name ?? 'record'}`;
}
