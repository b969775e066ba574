import type { Network } from '@relu-lab/nn';
import { linearRegionsOnLine } from './line.ts';
import { linearRegionsOnPlane } from './plane.ts';
import type { PredictedRegions } from './predicted-regions.ts';
import type { WindowInput } from './window-input.ts';

/** How many linear regions and cells a network has in a window. */
export interface RegionCount {
  /** Linear regions. */
  readonly count: number;
  /** Activation patterns. */
  readonly cells: number;
  readonly predicted: PredictedRegions;
}

/** The count on a line or a plane; `limit` may hold `maxCells`. */
export function countRegions(
  network: Network,
  window: WindowInput,
  limit: { readonly maxCells?: number } = {},
): RegionCount {
  if (window.kind === 'line') {
    const { from, to } = window;
    return linearRegionsOnLine(network, { from, to, ...limit });
  }
  const { origin, u, v, uRange, vRange } = window;
  return linearRegionsOnPlane(network, { origin, u, v, uRange, vRange, ...limit });
}
