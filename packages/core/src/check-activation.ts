import type { Activation } from './activation.ts';
import { ParameterError } from './errors.ts';

/**
 * Checks that `value` is an activation: one of the catalogue, or one made by `defineActivation`.
 *
 * @throws ParameterError that says what it is instead, and what would be right: `leakyRelu` for `leakyRelu()`, a name for
 *   `activation(name)`.
 */
export function checkActivation(value: unknown): asserts value is Activation {
  if (typeof value === 'function') {
    const name = value.name === '' ? 'it' : value.name;
    throw new ParameterError(`An activation is needed, not a function that makes one: call it: ${name}()`);
  }
  if (typeof value === 'string') {
    throw new ParameterError(`An activation is needed, not a name: activation('${value}') makes one of the catalogue`);
  }
  if (!isActivation(value)) {
    const given = Array.isArray(value) ? 'an array' : value === null ? 'null' : `${typeof value} ${String(value)}`;
    throw new ParameterError(
      `An activation is needed (such as relu, leakyRelu(), or one made by defineActivation), not ${given}`,
    );
  }
}

function isActivation(value: unknown): value is Activation {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, value: phi, derivative, winner, pieces } = value as Readonly<Record<string, unknown>>;
  if (typeof phi !== 'function') return false;
  if (kind === 'maxout') return typeof winner === 'function' && Number.isInteger(pieces);
  return kind === 'elementwise' && typeof derivative === 'function';
}
