import type { SweepProgress } from '@relu-lab/sweep';
import { percentText, printable, progressLine, remainingText } from './progress-text.ts';

/** Shows how far a build is. */
export interface ProgressDisplay {
  show(progress: SweepProgress): void;
  /** Writes a line that stays, above whatever is redrawn. */
  note(line: string): void;
  /** Takes back what is redrawn. */
  end(): void;
}

/** A stream that may be a terminal. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const redrawMilliseconds = 100;
const lineMilliseconds = 5000;
/** With more runs than this, not each of them gets a line of its own. */
const mostLines = 100;
/** A pseudo-terminal may say that it has 0 columns. */
const usualColumns = 80;
const clearLine = '\r\u001b[K';

/** The display for a stream: a bar that is redrawn on a terminal, lines otherwise, or nothing. */
export function progressDisplay(
  stream: ProgressStream,
  {
    quiet = false,
    plain = false,
    now = () => performance.now(),
  }: { quiet?: boolean; plain?: boolean; now?: () => number } = {},
): ProgressDisplay {
  if (quiet) return { show: () => undefined, note: () => undefined, end: () => undefined };
  return stream.isTTY === true && !plain ? barDisplay(stream, now) : lineDisplay(stream, now);
}

/** One line, redrawn about ten times a second; the time left runs down between two pieces of news. */
function barDisplay(stream: ProgressStream, now: () => number): ProgressDisplay {
  let latest: { readonly progress: SweepProgress; readonly at: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => {
    if (!latest) return;
    const { progress, at } = latest;
    const passed = (now() - at) / 1000;
    const remainingSeconds =
      progress.remainingSeconds === null ? null : Math.max(0, progress.remainingSeconds - passed);
    stream.write(clearLine + progressLine({ ...progress, remainingSeconds }, (stream.columns || usualColumns) - 1));
  };
  return {
    show(progress) {
      latest = { progress, at: now() };
      if (timer === undefined) {
        draw();
        timer = setInterval(draw, redrawMilliseconds);
        timer.unref();
      }
    },
    note(line) {
      stream.write(`${clearLine}${line}\n`);
      draw();
    },
    end() {
      clearInterval(timer);
      if (latest) stream.write(clearLine);
      latest = undefined;
    },
  };
}

/** A line for every run that ends, if there are not too many, and one every few seconds in between. */
function lineDisplay(stream: ProgressStream, now: () => number): ProgressDisplay {
  let lastLine = -Infinity;
  let lastDone = 0;
  let lastFailed = 0;
  let lastTotal = -1;
  return {
    show(progress) {
      const { done, total, failed, fraction, remainingSeconds, label } = progress;
      const ended = total === lastTotal && done > lastDone;
      const isFirst = total !== lastTotal;
      const ending = failed > lastFailed ? 'failed' : 'done';
      lastDone = done;
      lastFailed = failed;
      lastTotal = total;
      const isNews = isFirst || (ended && (total <= mostLines || done === total));
      if (!isNews && now() - lastLine < lineMilliseconds) return;
      lastLine = now();
      const name = label === undefined ? '' : `  ${printable(label)}${ended ? ` ${ending}` : ''}`;
      const left = done === total ? '' : `  ${remainingText(remainingSeconds)}`;
      stream.write(
        `${percentText(fraction)}  ${done}/${total}${failed > 0 ? `, ${failed} failed` : ''}${name}${left}\n`,
      );
    },
    note: (line) => void stream.write(`${line}\n`),
    end: () => undefined,
  };
}
