import { ParameterError } from '@relu-lab/core';
import { randomUUID } from 'node:crypto';
import { display } from './kernel-writer.ts';
import { escapeHtml } from '@relu-lab/report';

export interface ProgressOptions {
  /** How many steps there are. */
  readonly total: number;
  /** What is under way. Default: nothing. */
  readonly label?: string;
}

/** A bar under the cell. */
export interface Progress {
  /** Says how many steps are done, and whatever else is worth saying, such as the loss. Shown at most ten times a second. Throws ParameterError for NaN. */
  readonly update: (done: number, note?: string) => void;
  /** Says that it is over; the bar stays where it is. */
  readonly finish: (note?: string) => void;
}

const shownEvery = 100;

/**
 * Shows a bar, and moves it in place while the cell runs.
 *
 * ```ts
 * const bar = progress({ total: epochs, label: 'training' });
 * await train(network, { …, onProgress: ({ epoch, loss }) => bar.update(epoch, `loss ${loss.toFixed(3)}`) });
 * bar.finish();
 * ```
 *
 * @throws ParameterError for a total that is not positive; NotebookError outside a notebook.
 */
export function progress({ total, label = '' }: ProgressOptions): Progress {
  if (!(total > 0) || !Number.isFinite(total))
    throw new ParameterError(`total must be a positive number, not ${total}`);
  const displayId = `relu-lab-${randomUUID()}`;
  const started = performance.now();
  let done = 0;
  let note = '';
  let shownAt = -Infinity;
  const draw = (update: boolean, text: string): void => {
    shownAt = performance.now();
    display(progressBundle({ done, total, label, note: text }), { displayId, update });
  };
  draw(false, '');
  return {
    update: (now, text = note) => {
      if (Number.isNaN(now)) throw new ParameterError('The number of steps that are done is not a number: NaN');
      done = Math.min(Math.max(now, 0), total);
      note = text;
      if (performance.now() - shownAt >= shownEvery) draw(true, note);
    },
    finish: (text = note) => {
      const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
      draw(true, [text, seconds].filter(Boolean).join(', '));
    },
  };
}

/** A bar as markup and as text. */
export function progressBundle(bar: {
  readonly done: number;
  readonly total: number;
  readonly label: string;
  readonly note: string;
}): { readonly data: Readonly<Record<string, string>> } {
  const { done, total, label, note } = bar;
  const full = Math.round((20 * done) / total);
  const words = [`${done} of ${total}`, note].filter(Boolean).join(', ');
  const name = escapeHtml(label || 'progress');
  return {
    data: {
      'text/html':
        `<div>${label && `${escapeHtml(label)} `}<progress aria-label="${name}" value="${done}" max="${total}"></progress> ` +
        `${escapeHtml(words)}</div>`,
      'text/plain': [label, '█'.repeat(full) + '░'.repeat(20 - full), words].filter(Boolean).join(' '),
    },
  };
}
