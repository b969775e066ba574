import type { Illness } from '../diagnosis.ts';
import type { Examination } from '../suspicion.ts';

/**
 * Notes what checks of units cannot treat: activation layers that are not elementwise, which are left out; and one sample, which tells
 * nothing of what a unit does. Returns whether the check is to be left out as a whole.
 */
export function skipsUnits({ vitals, skip }: Examination, checks: readonly Illness[]): boolean {
  for (const check of checks) {
    if (vitals.samples < 2) skip({ check, layer: null, reason: 'one sample does not tell what a unit does' });
    if (vitals.activations.length === 0) {
      skip({ check, layer: null, reason: 'the network has no activation layer' });
    }
    for (const { layer } of vitals.activations) {
      if (layer.activation?.kind === 'elementwise') continue;
      const reason =
        layer.kind === 'maxout'
          ? 'a maxout unit always passes its slope to one piece: it neither dies nor saturates'
          : 'its activation is not known';
      skip({ check, layer: layer.name, reason });
    }
  }
  return vitals.samples < 2 || vitals.activations.length === 0;
}
