import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { figureIn, textOf } from '../run/saved-figure.ts';
import { pictured } from './pictured.ts';
import type { PictureAnswer, PictureRequest } from './picture-worker.ts';

/** Of waiting for a picture, in milliseconds; the first one takes a second, on a busy machine several. */
const patience = 30_000;

/** There only where the package is built. */
const program = fileURLToPath(new URL('./picture-worker.js', import.meta.url));

let worker: Worker | undefined;
let isTooSlow = false;

/**
 * What `show` sends, with a picture of the figure, which a thread of its own draws while this one waits: so a cell shows things in the order
 * of its lines, complete, without an `await`. The thread starts with the first figure, which takes a second, and stays; each figure takes
 * some 0.1 s then. What has no flat picture stays as it is; after one that takes half a minute, no more are drawn.
 */
export function withPictureHere(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const figure = figureIn({ output_type: 'display_data', data, metadata: {} });
  const svg = figure && !isTooSlow ? drawn({ ...figure, alt: figure.alt ?? 'A figure.' }) : null;
  return svg === null ? data : pictured(data, textOf(data['text/html']), svg);
}

function drawn({ data, layout, alt }: PictureRequest['figure']): PictureAnswer {
  // What the kernel was started with is not meant for it. It must not keep a kernel that was told to end.
  worker ??= new Worker(program, { execArgv: [] });
  worker.unref();
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const request: PictureRequest = { figure: { data, layout, alt }, answer: port2, answered };
  worker.postMessage(request, [port2]);
  isTooSlow = Atomics.wait(answered, 0, 0, patience) === 'timed-out';
  const answer = receiveMessageOnPort(port1) as { readonly message: PictureAnswer } | undefined;
  port1.close();
  return answer?.message ?? null;
}
