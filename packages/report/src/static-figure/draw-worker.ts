import { parentPort } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { type DrawingJob, drawHere } from './draw-here.ts';
import type { Drawing } from './finish-svg.ts';

/** What a worker says of a job. */
export type DrawingAnswer = { readonly drawing: Drawing } | { readonly problem: string };

parentPort?.on('message', (job: DrawingJob) => {
  const say = (answer: DrawingAnswer): void => parentPort?.postMessage(answer);
  drawHere(job).then(
    (drawing) => say({ drawing }),
    (error: unknown) => say({ problem: messageOf(error) }),
  );
});
