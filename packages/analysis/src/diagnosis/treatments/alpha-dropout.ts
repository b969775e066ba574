import { type Network, alphaDropout } from '@relu-lab/nn';
import { random } from '@relu-lab/core';
import type { Attempt } from '../suspicion.ts';
import { rebuild } from './rebuild.ts';

/** Alpha dropout of the same rates in the place of the named dropout layers. */
export function alphaDropoutInstead(names: readonly string[]): Attempt {
  return {
    remedy: {
      what: 'Use alpha dropout, which drops to SELU’s floor and keeps mean 0 and variance 1.',
      change: 'dropout',
    },
    treatment: (patient) => {
      const { network, data } = patient;
      const rates = dropoutRates(network, data.inputs, names);
      const layers = network.definitions.map((definition, i) => {
        const { name, from } = network.layers[i];
        const rate = rates.get(name);
        return rate === undefined ? definition : alphaDropout({ rate, name, from });
      });
      return { ...patient, network: rebuild(network, layers) };
    },
  };
}

/** The rate p of each layer by what it does: a kept element is divided by 1 − p. */
function dropoutRates(network: Network, inputs: Float32Array, names: readonly string[]): ReadonlyMap<string, number> {
  return network.withNoise(random(0).stream('dropout rates'), () => {
    network.forward(inputs, { mode: 'training', updateStatistics: false });
    return new Map(
      names.map((name) => {
        const before = network.preActivation(name);
        const after = network.output(name);
        const kept = after.findIndex((value) => value !== 0);
        const rate = kept < 0 ? 0.5 : 1 - before[kept] / after[kept];
        // Rounding of float32 may leave −1e−8.
        return [name, Math.min(Math.max(rate, 0), 0.999)];
      }),
    );
  });
}
