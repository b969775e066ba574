import type { Placement } from './layer.ts';

/** The placement part of a layer's options, without keys that were not given. */
export function placement({ name, from }: Placement): Placement {
  return { ...(name !== undefined && { name }), ...(from !== undefined && { from }) };
}
