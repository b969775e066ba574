import { describe, expect, it } from 'vitest';
import { typicalSignal } from './typical-signal.ts';

describe('typicalSignal', () => {
  const inputs = [3, 4, 1, 1, 0, 2];
  // Mean squares of the inputs: 12.5, 1 and 2.
  it('is the median over samples of the mean square over that of the input, whatever one sample does', () => {
    const signals = [5, 0.2, 1000];
    expect(typicalSignal({ inputs, features: 2 }, { signals, width: 1, centres: [] })).toBe(25 / 12.5);
  });

  it('takes the centres off, unit by unit', () => {
    const signals = [11, 20, 10, 22, 10, 20];
    // (1 + 0)/2, (0 + 4)/2 and 0.
    expect(typicalSignal({ inputs, features: 2 }, { signals, width: 2, centres: [10, 20] })).toBe(0.5 / 12.5);
  });

  it('leaves out samples whose input is 0', () => {
    const data = { inputs: [0, 0, 1, 1], features: 2 };
    expect(typicalSignal(data, { signals: [7, 3], width: 1, centres: [] })).toBe(9);
    expect(typicalSignal({ inputs: [0], features: 1 }, { signals: [7], width: 1, centres: [] })).toBeNaN();
  });
});
