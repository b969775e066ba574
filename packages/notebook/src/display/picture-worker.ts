import { type MessagePort, parentPort } from 'node:worker_threads';
import { renderSvg } from '@relu-lab/report/static-figure';

/** A figure to draw, and how to answer a thread that sleeps until the answer is there. */
export interface PictureRequest {
  readonly figure: Parameters<typeof renderSvg>[0];
  readonly answer: MessagePort;
  /** One number, 0 until the answer is sent. */
  readonly answered: Int32Array;
}

/** The SVG file, or null for what has no flat picture. */
export type PictureAnswer = string | null;

parentPort?.on('message', async ({ figure, answer, answered }: PictureRequest) => {
  // What cannot be drawn still stands there live, and in words.
  const picture: PictureAnswer = await renderSvg(figure).catch(() => null);
  answer.postMessage(picture);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
});
