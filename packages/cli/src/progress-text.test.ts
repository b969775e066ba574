import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar, percentText, printable, progressLine, remainingText } from './progress-text.ts';

const progress = {
  done: 7,
  total: 16,
  failed: 0,
  fraction: 0.4375,
  elapsedSeconds: 60,
  remainingSeconds: 80,
  label: 'relu, seed 1',
};

describe('progressLine', () => {
  it('shows bar, percentage, count, time left and what runs', () => {
    expect(progressLine(progress, 100)).toBe(
      '██████████▌░░░░░░░░░░░░░   43 %  7/16  about 1 min 20 s left  relu, seed 1',
    );
  });

  it('says when there is no pace yet, and when runs have failed', () => {
    expect(progressLine({ ...progress, remainingSeconds: null, failed: 2 }, 100)).toContain(
      '7/16, 2 failed  time left unknown',
    );
  });

  it('never exceeds the width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.string({ maxLength: 300 }), (columns, label) => {
        expect(progressLine({ ...progress, label }, columns).length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('bar', () => {
  it('has as many cells as asked, and fills them in order', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.integer({ min: 1, max: 80 }), (fraction, width) => {
        expect(bar(fraction, width)).toHaveLength(width);
        expect(bar(fraction, width)).toMatch(/^█*[▏▎▍▌▋▊▉]?░*$/);
      }),
    );
    expect([bar(0, 4), bar(0.5, 4), bar(1, 4)]).toEqual(['░░░░', '██░░', '████']);
  });
});

describe('percentText', () => {
  it('says 100 only at the end', () => {
    expect([percentText(0), percentText(0.999), percentText(1)]).toEqual(['  0 %', ' 99 %', '100 %']);
  });
});

describe('remainingText', () => {
  it('counts in seconds, minutes and hours', () => {
    expect([0.2, 42, 80, 7500].map(remainingText)).toEqual([
      'about 1 s left',
      'about 42 s left',
      'about 1 min 20 s left',
      'about 2 h 5 min left',
    ]);
  });
});

describe('printable', () => {
  it('takes out what moves the cursor or changes colours', () => {
    expect(printable('a\u001b[31mb\r\nc\u0007')).toBe('a [31mb c ');
  });
});
