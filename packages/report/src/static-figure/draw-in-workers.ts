import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type DrawingJob, drawHere } from './draw-here.ts';
import type { DrawingAnswer } from './draw-worker.ts';
import type { Drawing } from './finish-svg.ts';

interface WaitingJob {
  readonly job: DrawingJob;
  readonly resolve: (drawing: Drawing) => void;
  readonly reject: (error: unknown) => void;
}

/** Each holds a window with Plotly in it: about 150 MB. */
const mostWorkers = Math.min(2, availableParallelism());

/** A worker takes as long to start as this many drawings take: for fewer it is not worth it. */
const jobsWorthAWorker = 4;

/** There only where the package is built. */
const program = fileURLToPath(new URL('./draw-worker.js', import.meta.url));

const waiting: WaitingJob[] = [];
const idle: Worker[] = [];
let workers = 0;

/**
 * Draws in a worker: this thread stays free, and many drawings use two processors. Workers start when they are needed, and wait
 * without keeping the process alive. Where the package is not built it draws in this thread.
 */
export function draw(job: DrawingJob): Promise<Drawing> {
  if (!existsSync(program)) return drawHere(job);
  return new Promise((resolve, reject) => {
    waiting.push({ job, resolve, reject });
    giveOut();
  });
}

function giveOut(): void {
  for (;;) {
    const isWorthIt = workers === 0 || (workers < mostWorkers && waiting.length >= jobsWorthAWorker);
    const worker = waiting.length === 0 ? undefined : (idle.pop() ?? (isWorthIt ? start() : undefined));
    const next = worker && waiting.shift();
    if (!next) return;
    give(worker, next);
  }
}

function start(): Worker {
  // What the process was started with, such as code in its arguments, is not meant for it.
  const worker = new Worker(program, { execArgv: [] });
  workers += 1;
  worker.once('exit', () => {
    workers -= 1;
    const at = idle.indexOf(worker);
    if (at >= 0) idle.splice(at, 1);
    giveOut();
  });
  return worker;
}

function give(worker: Worker, { job, resolve, reject }: WaitingJob): void {
  const onAnswer = (answer: DrawingAnswer): void => {
    worker.off('error', reject).off('exit', onExit).unref();
    idle.push(worker);
    if ('drawing' in answer) resolve(answer.drawing);
    else reject(new Error(answer.problem));
    giveOut();
  };
  // After an error it ends, too.
  const onExit = (code: number): void => reject(new Error(`The worker that drew it ended with code ${code}`));
  worker.once('message', onAnswer).once('error', reject).once('exit', onExit);
  worker.ref();
  worker.postMessage(job);
}
