import { describe, expect, it } from 'vitest';
import { furthest } from './comparisons.ts';

describe('furthest', () => {
  const of = (estimate: number, halfWidth: number) => ({
    measurement: { estimate, interval: [estimate - halfWidth, estimate + halfWidth] as const, seeds: 5 },
    pValue: null,
  });

  it('is the clearest difference upwards or downwards, not the largest, with its name', () => {
    const comparisons = { up: of(1, 0.5), 'high but vague': of(2, 20), down: of(-1, 0.2), 'a bit down': of(-0.1, 0.5) };
    expect(furthest(comparisons, 'upwards')).toMatchObject({ estimate: 1, unit: 'for up' });
    expect(furthest(comparisons, 'downwards')).toMatchObject({ estimate: -1, unit: 'for down' });
  });

  it('prefers any difference with an interval to one without', () => {
    const none = { measurement: { estimate: 9, interval: null, seeds: 1 }, pValue: null };
    expect(furthest({ none, down: of(-1, 1) }, 'upwards').unit).toBe('for down');
    expect(furthest({}, 'upwards')).toEqual({ estimate: NaN, interval: null, seeds: 0 });
  });
});
