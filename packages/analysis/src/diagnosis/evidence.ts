import type { Evidence } from './diagnosis.ts';

/** A piece of evidence; numbers that are not finite become null. */
export function evidence(
  what: string,
  measured: number,
  { predicted, healthy }: { readonly predicted?: number | null; readonly healthy?: readonly [number, number] } = {},
): Evidence {
  return {
    what,
    measured: finite(measured),
    predicted: predicted === undefined || predicted === null ? null : finite(predicted),
    healthy: healthy ? [finite(healthy[0]), finite(healthy[1])] : null,
  };
}

/** The number, or null for NaN and infinities, which JSON cannot hold. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
