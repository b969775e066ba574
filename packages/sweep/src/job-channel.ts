/**
 * Memory that a run shares with its workers: element 0 is 1 once the run is aborted, element 1 + i is how far the job in
 * lane i is, in billionths. Unlike messages it is seen at once by a thread that never returns to its event loop, and
 * costs nothing when nobody looks.
 */
export type JobChannel = Int32Array;

const billion = 1e9;

/** A channel for `lanes` jobs at a time. */
export function createChannel(lanes: number): JobChannel {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (1 + lanes)));
}

export function requestAbort(channel: JobChannel): void {
  Atomics.store(channel, 0, 1);
}

export function isAbortRequested(channel: JobChannel): boolean {
  return Atomics.load(channel, 0) === 1;
}

export function writeFraction(channel: JobChannel, lane: number, fraction: number): void {
  Atomics.store(channel, 1 + lane, Math.round(fraction * billion));
}

export function readFraction(channel: JobChannel, lane: number): number {
  return Atomics.load(channel, 1 + lane) / billion;
}
