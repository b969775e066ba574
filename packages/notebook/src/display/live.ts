import { ParameterError } from '@relu-lab/core';
import type { Probe } from '@relu-lab/nn';
import type { DrawableResult } from '@relu-lab/report';
import { randomUUID } from 'node:crypto';
import { type ShownFigure, figureBundle } from './figure-bundle.ts';
import { figureToShow } from './figure-to-show.ts';
import { withPictureHere } from './draw-picture.ts';
import { display } from './kernel-writer.ts';
import { setupOnce, wantsPictures } from './setup.ts';

/** A probe that says at any time what it has found so far. */
export interface TellingProbe<Result> extends Probe {
  result(): Result;
}

export interface LiveOptions {
  /** How often the figure is drawn at most; seldomer where drawing takes long, so that it takes a twentieth of the time. Default 2. */
  readonly perSecond?: number;
  /** In pixels. Default: what the figure's layout says, else 360. */
  readonly height?: number;
}

/** Drawing may take this share of the time. */
const drawingShare = 0.05;

/**
 * A probe whose figure stands under the cell and moves while the network trains. It gathers what the given one gathers, whose result
 * is a figure or knows its own:
 *
 * ```ts
 * const loss = live(lossCurve());
 * const units = live(unitTimeline(network, data));
 * await train(network, { …, probes: [loss, units], signal: interruption() });
 * units.result(); // also after an interrupt
 * ```
 *
 * The last figure is drawn when the run ends, however it ends; it alone has a picture for readers that run no scripts. As long as there is nothing to draw, it says so in words.
 *
 * @throws ParameterError for a `perSecond` that is not positive; NotebookError, in the run, outside a notebook.
 */
export function live<Result extends ShownFigure | DrawableResult>(
  probe: TellingProbe<Result>,
  { perSecond = 2, height }: LiveOptions = {},
): TellingProbe<Result> {
  if (!(perSecond > 0)) throw new ParameterError(`perSecond must be a positive number, not ${perSecond}`);
  const displayId = `relu-lab-${randomUUID()}`;
  let isShown = false;
  let due = -Infinity;
  const draw = (isLast = false): void => {
    const begun = performance.now();
    const { data } = bundleOf(probe, height);
    display({ data: isLast && wantsPictures() ? withPictureHere(data) : data }, { displayId, update: isShown });
    isShown = true;
    const ended = performance.now();
    due = Math.max(begun + 1000 / perSecond, ended + (ended - begun) * (1 / drawingShare - 1));
  };
  return {
    name: `live ${probe.name}`,
    // A probe may decide it when the run starts.
    get every() {
      return probe.every ?? 1;
    },
    updates: probe.updates ?? true,
    start: (network, run) => {
      setupOnce();
      probe.start?.(network, run);
      // Now, so that several figures stand in the order of their probes.
      draw();
    },
    step: (view) => {
      probe.step?.(view);
      if (performance.now() >= due) draw();
    },
    finish: (network, steps) => {
      probe.finish?.(network, steps);
      draw(true);
    },
    result: () => probe.result(),
  };
}

function bundleOf<Result extends ShownFigure | DrawableResult>(
  probe: TellingProbe<Result>,
  height: number | undefined,
): { readonly data: Readonly<Record<string, unknown>> } {
  try {
    return figureBundle(figureToShow(probe.result()), height, `relu-lab-${randomUUID()}`);
  } catch (error) {
    // A run must not end because there is nothing to draw, or not yet.
    if (!(error instanceof ParameterError)) throw error;
    return { data: { 'text/plain': `[${probe.name}] ${error.message}` } };
  }
}
