import type { Attempt } from '../suspicion.ts';

/** All biases of weight layers to 0; the weights stay. */
export const zeroBiases: Attempt = {
  remedy: { what: 'Set the biases to 0 (and start again from there).', change: 'bias' },
  treatment: (patient) => {
    const network = patient.network.clone();
    for (const { name, role, length } of network.parameters) {
      if (role === 'bias') network.setParameter(name, new Float32Array(length));
    }
    return { ...patient, network };
  },
};
