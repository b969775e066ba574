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
