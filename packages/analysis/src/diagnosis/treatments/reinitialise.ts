import { type Activation, type Initializer, initializer, random } from '@relu-lab/core';
import { type Network, recommendedInitializer } from '@relu-lab/nn';
import { moments } from '@relu-lab/theory';
import type { Attempt } from '../suspicion.ts';
import { drawAgain } from './rebuild.ts';

/** Draws all dense weights by one rule; biases 0, everything else as its layer starts. */
export function reinitialise(network: Network, rule: Initializer): Network {
  const fresh = drawAgain(network);
  for (const layer of fresh.layers.filter(({ role }) => role === 'weights')) {
    const stream = random(network.seed).stream('diagnosis').stream(layer.name);
    for (const { name, role, length } of layer.parameters) {
      const values = new Float32Array(length);
      const [fanIn] = layer.inputs;
      if (role === 'weight') rule.weights(values, fanIn, layer.outputs, stream);
      fresh.setParameter(name, values);
    }
  }
  return fresh;
}

/** The activation that stands in most hidden layers; null where there is none. */
export function mainActivation({ layers }: Network): Activation | null {
  const found = layers.slice(0, -1).flatMap(({ activation }) => activation ?? []);
  const counts = found.map(({ name }) => found.filter((other) => other.name === name).length);
  return found[counts.indexOf(Math.max(...counts))] ?? null;
}

/** The initialiser that the network's activation is made for, zero biases. */
export function recommendedInitialisation(network: Network): Attempt | null {
  const activation = mainActivation(network);
  if (!activation) return null;
  const rule = recommendedInitializer(activation);
  return {
    remedy: {
      what: `Start again with ${described(rule)}, which ${activation.name} is made for, and zero biases.`,
      change: 'initialisation',
    },
    treatment: (patient) => ({ ...patient, network: reinitialise(patient.network, rule) }),
  };
}

/**
 * Weights that keep the gradient at pre-activations of variance 1, σ_w² = 1/E[φ'²], for activations that are centred or go on
 * rising; the mean of the others (sigmoid) would take over.
 */
export function gradientKeepingInitialisation(network: Network): Attempt | null {
  const activation = mainActivation(network);
  if (activation?.kind !== 'elementwise') return null;
  const { backwardGain, mean } = moments(activation);
  if (Number.isFinite(activation.range.to) && Math.abs(mean) > 0.1) return null;
  const rule = initializer('lecun-normal', { gain: backwardGain });
  return {
    remedy: {
      what: `Start again with σ_w² = ${(backwardGain ** 2).toPrecision(3)} (lecun-normal with gain ${backwardGain.toPrecision(4)}), which keeps the gradient of ${activation.name}, and zero biases.`,
      change: 'initialisation',
    },
    treatment: (patient) => ({ ...patient, network: reinitialise(patient.network, rule) }),
  };
}

function described({ name, parameters }: Initializer): string {
  const slope = parameters.slope;
  return typeof slope === 'number' && slope !== 0 ? `${name} (slope ${slope})` : name;
}
