import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { progressDisplay } from './progress-display.ts';

const progress = {
  done: 0,
  total: 4,
  failed: 0,
  fraction: 0,
  elapsedSeconds: 0,
  remainingSeconds: null as number | null,
};

function stream(isTTY: boolean): { isTTY: boolean; columns: number; written: string[]; write(text: string): void } {
  const written: string[] = [];
  return { isTTY, columns: 60, written, write: (text) => void written.push(text) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('progressDisplay on a terminal', () => {
  it('redraws one line about ten times a second, and lets the time left run down', () => {
    const terminal = stream(true);
    const display = progressDisplay(terminal, { now: () => Date.now() });
    display.show({ ...progress, fraction: 0.5, remainingSeconds: 30 });
    vi.advanceTimersByTime(10_000);
    expect(terminal.written.length).toBeGreaterThan(90);
    expect(terminal.written.length).toBeLessThan(110);
    expect(terminal.written.every((text) => text.startsWith('\r\u001b[K') && !text.includes('\n'))).toBe(true);
    expect(terminal.written[0]).toContain('about 30 s left');
    expect(terminal.written.at(-1)).toContain('about 20 s left');
    display.end();
    expect(terminal.written.at(-1)).toBe('\r\u001b[K');
    const count = terminal.written.length;
    vi.advanceTimersByTime(10_000);
    expect(terminal.written.length).toBe(count);
  });

  it('writes notes above the bar', () => {
    const terminal = stream(true);
    const display = progressDisplay(terminal);
    display.show(progress);
    display.note('hello');
    expect(terminal.written[1]).toBe('\r\u001b[Khello\n');
    expect(terminal.written[2]).toContain('░');
    display.end();
  });
});

describe('progressDisplay elsewhere', () => {
  it('writes a line at the start, for every run that ends, and every few seconds', () => {
    const log = stream(false);
    let time = 0;
    const display = progressDisplay(log, { now: () => time });
    display.show(progress);
    display.show({ ...progress, fraction: 0.1, label: 'a' });
    time = 4000;
    display.show({ ...progress, fraction: 0.2, label: 'a' });
    display.show({ ...progress, done: 1, fraction: 0.25, remainingSeconds: 12, label: 'a' });
    time = 9500;
    display.show({ ...progress, done: 1, fraction: 0.3, remainingSeconds: 11, label: 'b' });
    expect(log.written).toEqual([
      '  0 %  0/4  time left unknown\n',
      ' 25 %  1/4  a done  about 12 s left\n',
      ' 30 %  1/4  b  about 11 s left\n',
    ]);
  });

  it('does not write a line for each of very many runs, but for the last', () => {
    const log = stream(false);
    let time = 0;
    const display = progressDisplay(log, { now: () => time });
    for (let done = 0; done <= 1000; done++) {
      time = done * 10;
      display.show({ ...progress, total: 1000, done, fraction: done / 1000, remainingSeconds: 1 });
    }
    expect(log.written.map((line) => /\d+\/\d+/.exec(line)?.[0])).toEqual(['0/1000', '500/1000', '1000/1000']);
  });

  it('is silent when asked', () => {
    const log = stream(false);
    const display = progressDisplay(log, { quiet: true });
    display.show(progress);
    display.note('hello');
    display.end();
    expect(log.written).toEqual([]);
  });
});
