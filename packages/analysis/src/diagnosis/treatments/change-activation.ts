import { type ElementwiseActivation, initializer, leakyRelu, relu } from '@relu-lab/core';
import { type LayerDefinition, type Network, activate } from '@relu-lab/nn';
import type { Attempt } from '../suspicion.ts';
import { rebuild } from './rebuild.ts';
import { reinitialise } from './reinitialise.ts';

/** Leaky ReLU in the place of every activation with a zero region; the weights stay, and silent units have a slope again. */
export const leakyInstead: Attempt = {
  remedy: {
    what: 'Use leaky ReLU (α = 0.01) or PReLU: a unit that is negative on all samples keeps a gradient and can come back.',
    change: 'activation',
  },
  treatment: (patient) => {
    const layers = withActivation(patient.network, leakyRelu(), (name) => name === 'relu' || name === 'relu6');
    return layers && { ...patient, network: rebuild(patient.network, layers) };
  },
};

/** ReLU with He initialisation in the place of every elementwise activation but the last layer's. */
export const reluInstead: Attempt = {
  remedy: { what: 'Use ReLU with he-normal weights and zero biases in the hidden layers.', change: 'activation' },
  treatment: (patient) => {
    const layers = withActivation(patient.network, relu, (name) => name !== 'relu');
    if (!layers) return null;
    const network = rebuild(patient.network, layers);
    return { ...patient, network: reinitialise(network, initializer('he-normal')) };
  },
};

/** The definitions with another activation in hidden layers; null where nothing changes. */
function withActivation(
  { definitions, layers }: Network,
  to: ElementwiseActivation,
  replaces: (name: string) => boolean,
): readonly LayerDefinition[] | null {
  const changes = layers.map(
    ({ activation }, i) => i < layers.length - 1 && activation?.kind === 'elementwise' && replaces(activation.name),
  );
  if (!changes.includes(true)) return null;
  return definitions.map((definition, i) =>
    changes[i] ? { ...activate(to), name: layers[i].name, from: layers[i].from } : definition,
  );
}
