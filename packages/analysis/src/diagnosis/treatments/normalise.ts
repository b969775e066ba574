import { type LayerDefinition, type Network, batchNorm, layerNorm } from '@relu-lab/nn';
import type { Attempt } from '../suspicion.ts';
import { rebuild } from './rebuild.ts';

/** Layer norm between each weight layer and the activation that reads it, where there is none yet. */
export const layerNormBeforeActivations: Attempt = {
  remedy: { what: 'Put layer norm between each dense layer and its activation.', change: 'normalisation' },
  treatment: (patient) => {
    const layers = withNorm(patient.network, (options) => layerNorm(options));
    return layers && { ...patient, network: rebuild(patient.network, layers) };
  },
};

/** Batch norm in those places; it needs at least two samples. */
export const batchNormBeforeActivations: Attempt = {
  remedy: { what: 'Put batch norm between each dense layer and its activation.', change: 'normalisation' },
  treatment: (patient) => {
    if (patient.data.rows < 2) return null;
    const layers = withNorm(patient.network, (options) => batchNorm(options));
    return layers && { ...patient, network: rebuild(patient.network, layers) };
  },
};

/** Layer norm in the place of every batch norm. */
export const layerNormForBatchNorm: Attempt = {
  remedy: {
    what: 'Replace batch norm by layer norm, or add residual connections: neither multiplies the gradient layer by layer.',
    change: 'normalisation',
  },
  treatment: (patient) => {
    const { definitions, layers } = patient.network;
    if (!layers.some(({ kind }) => kind === 'batch-norm')) return null;
    const changed = definitions.map((definition, i) =>
      layers[i].kind === 'batch-norm' ? layerNorm({ name: layers[i].name, from: layers[i].from }) : definition,
    );
    return { ...patient, network: rebuild(patient.network, changed) };
  },
};

function withNorm(
  { definitions, layers }: Network,
  norm: (options: { readonly name: string; readonly from: string }) => LayerDefinition,
): readonly LayerDefinition[] | null {
  const roles = new Map(layers.map(({ name, role }) => [name, role]));
  const changed = definitions.flatMap((definition, i) => {
    const { name, role, from } = layers[i];
    if (role !== 'activation' || i === layers.length - 1 || roles.get(from[0]) !== 'weights') return [definition];
    const normed = `${from[0]} normalised for ${name}`;
    return [norm({ name: normed, from: from[0] }), { ...definition, from: normed }];
  });
  return changed.length === definitions.length ? null : changed;
}
