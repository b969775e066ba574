import { describe, expect, it } from 'vitest';
import { d3Format, tickFormat } from './d3-format.ts';

describe('d3Format', () => {
  it('writes shares in percent, and differences of shares with their sign', () => {
    expect([d3Format('percent'), d3Format('percent2')]).toEqual(['.1%', '.2%']);
    expect([d3Format('points'), d3Format('points2')]).toEqual(['+.1%', '+.2%']);
  });

  it('leaves out zeros that say nothing on an axis', () => {
    expect([tickFormat('percent'), tickFormat('points'), tickFormat('fixed2')]).toEqual(['.1~%', '+.1~%', '.2~f']);
    expect(tickFormat('integer')).toBe(',.0f');
  });
});
