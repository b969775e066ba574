import { type ElementwiseActivation, ParameterError } from '@relu-lab/core';

/**
 * Refuses a subgradient other than 0: layers whose slope is learned or drawn take the slope of the negative side at 0.
 *
 * @throws ParameterError
 */
export function refuseSubgradient({ name, parameters: { subgradient = 0 } }: ElementwiseActivation): void {
  if (subgradient === 0) return;
  throw new ParameterError(
    `In a network ${name} takes the slope of the negative side at 0; a subgradient of ${subgradient} has no meaning there`,
  );
}
