import { durationText } from '@relu-lab/report';
import type { SweepProgress } from '@relu-lab/sweep';

const partialBlocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `width` cells, filled to `fraction`, in steps of an eighth of a cell. */
export function bar(fraction: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, fraction)) * width * 8);
  const full = '█'.repeat(eighths >> 3) + (partialBlocks[eighths & 7] ?? '');
  return full.padEnd(width, '░');
}

/** `about 1 min 20 s left` */
export function remainingText(seconds: number | null): string {
  if (seconds === null) return 'time left unknown';
  const whole = Math.max(1, Math.round(seconds));
  return `about ${whole < 60 ? `${whole} s` : durationText(whole)} left`;
}

/** `███░░░  42 %  7/16  about 1 min 20 s left  relu, seed 1`, cut to `columns` characters. */
export function progressLine(progress: SweepProgress, columns: number): string {
  const { fraction, done, total, failed, remainingSeconds, label } = progress;
  const parts = [
    bar(fraction, columns < 60 ? 10 : 24),
    percentText(fraction),
    `${done}/${total}${failed > 0 ? `, ${failed} failed` : ''}`,
    done === total ? 'finishing' : remainingText(remainingSeconds),
    ...(label === undefined ? [] : [printable(label)]),
  ];
  return cut(parts.join('  '), columns);
}

/** ` 42 %`: rounded down, so that 100 means done. */
export function percentText(fraction: number): string {
  return `${String(Math.floor(fraction * 100)).padStart(3)} %`;
}

/** Text without what could move a terminal's cursor or change its colours. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}
