import type { Illness } from './diagnosis.ts';

/** What follows from what: an illness on the right, found together with the one on the left, is no finding of its own. */
const follows: Readonly<Partial<Record<Illness, readonly Illness[]>>> = {
  'non-finite-signal': ['exploding-activations', 'exploding-gradient', 'learning-rate-too-large'],
  'symmetric-units': [
    'dead-layer',
    'dead-units',
    'linear-units',
    'saturation',
    'vanishing-gradient',
    'exploding-gradient',
    'vanishing-activations',
    'exploding-activations',
    'correlation-collapse',
    'constant-output',
    'selu-not-normalised',
    'learning-rate-too-large',
    'learning-rate-too-small',
  ],
  'dead-layer': [
    'dead-units',
    'linear-units',
    'vanishing-gradient',
    'vanishing-activations',
    'correlation-collapse',
    'constant-output',
    'learning-rate-too-small',
  ],
  'inputs-not-standardised': [
    'dead-units',
    'linear-units',
    'saturation',
    'vanishing-gradient',
    'exploding-gradient',
    'exploding-activations',
    'vanishing-activations',
    'correlation-collapse',
    'constant-output',
    'selu-not-normalised',
    'learning-rate-too-large',
    'learning-rate-too-small',
  ],
  'linear-units': ['exploding-gradient', 'exploding-activations', 'correlation-collapse'],
  saturation: [
    'exploding-gradient',
    'exploding-activations',
    'vanishing-gradient',
    'correlation-collapse',
    'constant-output',
  ],
  'vanishing-gradient': [
    'vanishing-activations',
    'correlation-collapse',
    'constant-output',
    'selu-not-normalised',
    'learning-rate-too-small',
  ],
  'vanishing-activations': [
    'correlation-collapse',
    'constant-output',
    'selu-not-normalised',
    'learning-rate-too-large',
    'learning-rate-too-small',
  ],
  'exploding-gradient': ['exploding-activations', 'selu-not-normalised', 'learning-rate-too-large'],
  'exploding-activations': ['selu-not-normalised', 'learning-rate-too-large'],
  'dead-units': ['correlation-collapse'],
  'correlation-collapse': ['constant-output', 'learning-rate-too-small'],
  'one-class': ['class-imbalance', 'learning-rate-too-small'],
  'targets-out-of-range': ['learning-rate-too-small'],
  'targets-not-standardised': ['constant-output', 'learning-rate-too-large', 'learning-rate-too-small'],
};

/**
 * The illnesses that stand for themselves, each with those among the others that follow from it. Of two that would explain each other the
 * first stands.
 */
export function foldConsequences<T extends { readonly illness: Illness }>(
  found: readonly T[],
): readonly (T & { readonly consequences: readonly Illness[] })[] {
  const explained = new Set<Illness>();
  for (const { illness } of found) {
    if (explained.has(illness)) continue;
    for (const consequence of follows[illness] ?? []) explained.add(consequence);
  }
  return found
    .filter(({ illness }) => !explained.has(illness))
    .map((finding) => ({
      ...finding,
      consequences: found.map(({ illness }) => illness).filter((other) => follows[finding.illness]?.includes(other)),
    }));
}
