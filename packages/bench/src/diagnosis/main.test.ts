import { describe, expect, it } from 'vitest';
import { main } from './main.ts';

describe('the bench of planted illnesses', () => {
  it('counts what is named and what is ranked first, and prints a row for each illness', async () => {
    const lines: string[] = [];
    const result = await main({ seeds: 1, only: 'NaN or infinite', print: (line) => lines.push(line) });
    expect(result).toMatchObject({ planted: 2, named: 2, first: 2, healthy: 0, falseAlarms: 0, unlearned: [] });
    expect(lines.some((line) => /^NaN or infinite parameters +2 +2 +2 +non-finite-parameters$/.test(line))).toBe(true);
  });

  it('finds nothing in healthy networks', async () => {
    const result = await main({ seeds: 1, only: 'relu [32, 32], digits, seed 1, untrained', print: () => undefined });
    expect(result.healthy).toBeGreaterThan(0);
    expect(result.outcomes.every(({ found }) => found.length === 0)).toBe(true);
  });
});
