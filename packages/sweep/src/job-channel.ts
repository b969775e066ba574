/**
 * Memory that a run shares with its workers. Unlike messages it is seen at once by a thread that never returns to its
 * event loop, costs nothing when nobody looks, and outlives a worker that dies.
 */
export interface JobChannel {
  /**
   * Whether to stop, which job is the next that nobody has, and for each lane which job it has, how far that is, and how many of its
   * endings were heard.
   */
  readonly words: Int32Array;
  /** For each lane when its job was started, in milliseconds since 1970. */
  readonly starts: BigInt64Array;
}

const abortAt = 0;
const nextAt = 1;
const lanesAt = 2;
const wordsPerLane = 3;
const billion = 1e9;

/** No job: what a lane has before its worker takes one. */
export const noJob = -1;

/** A channel for `lanes` jobs at a time. */
export function createChannel(lanes: number): JobChannel {
  const words = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (lanesAt + wordsPerLane * lanes)));
  return { words, starts: new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT * lanes)) };
}

export function requestAbort({ words }: JobChannel): void {
  Atomics.store(words, abortAt, 1);
}

export function isAbortRequested({ words }: JobChannel): boolean {
  return Atomics.load(words, abortAt) === 1;
}

/** The first job that nobody has, which stays there. */
export function peekNext({ words }: JobChannel): number {
  return Atomics.load(words, nextAt);
}

/** Takes the first job that nobody has: no other lane gets the same number. */
export function takeNext({ words }: JobChannel): number {
  return Atomics.add(words, nextAt, 1);
}

/** The lane starts job `index`, or has none any more ({@link noJob}). */
export function writeJob({ words, starts }: JobChannel, lane: number, index: number): void {
  Atomics.store(words, fractionAt(lane), 0);
  Atomics.store(starts, lane, BigInt(Date.now()));
  Atomics.store(words, jobAt(lane), index);
}

export function readJob({ words }: JobChannel, lane: number): number {
  return Atomics.load(words, jobAt(lane));
}

export function writeFraction({ words }: JobChannel, lane: number, fraction: number): void {
  Atomics.store(words, fractionAt(lane), Math.round(fraction * billion));
}

export function readFraction({ words }: JobChannel, lane: number): number {
  return Atomics.load(words, fractionAt(lane)) / billion;
}

/** One more ending of the lane was heard. */
export function countHeard({ words }: JobChannel, lane: number): void {
  Atomics.add(words, heardAt(lane), 1);
}

/** How many endings of the lane were heard since its worker began. */
export function readHeard({ words }: JobChannel, lane: number): number {
  return Atomics.load(words, heardAt(lane));
}

/** A new worker begins in the lane, with no job. */
export function clearLane(channel: JobChannel, lane: number): void {
  writeJob(channel, lane, noJob);
  Atomics.store(channel.words, heardAt(lane), 0);
}

/** How long the job of the lane has been running, in seconds. */
export function readSeconds({ starts }: JobChannel, lane: number): number {
  return (Date.now() - Number(Atomics.load(starts, lane))) / 1000;
}

function jobAt(lane: number): number {
  return lanesAt + wordsPerLane * lane;
}

function fractionAt(lane: number): number {
  return jobAt(lane) + 1;
}

function heardAt(lane: number): number {
  return jobAt(lane) + 2;
}
