import { expect } from 'vitest';

/** Expects `actual` within a share `tolerance` of `expected` (or of `scale`, where the expected value may be 0). */
export function expectRelative(
  actual: number,
  expected: number,
  tolerance: number,
  scale: number = Math.abs(expected),
): void {
  expect(Math.abs(actual - expected), `${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance * scale);
}
