/** One way of doing the work that a benchmark compares. `run` does it once, always the same. */
export interface Contender {
  readonly name: string;
  run(): void;
}

/** CPU seconds of one run, over all rounds. */
export interface Timing {
  readonly contender: string;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  /** How many runs each round timed together. */
  readonly runs: number;
}

export interface Effort {
  /** How often each contender is timed. */
  readonly rounds: number;
  /** CPU seconds that one timing lasts at least. */
  readonly chunkSeconds: number;
}

const warmUpChunks = 5;

/**
 * Times contenders in rounds, one chunk each in turn, so that a slow moment of the machine meets them all.
 *
 * CPU time of the process, not time on the wall: what other processes do hardly counts. The warm-up, which also finds
 * how many runs fill a chunk, is not counted.
 */
export function compare(contenders: readonly Contender[], { rounds, chunkSeconds }: Effort): readonly Timing[] {
  const runs = contenders.map((contender) => warmUp(contender, chunkSeconds));
  const seconds = contenders.map(() => new Float64Array(rounds));
  for (let round = 0; round < rounds; round++) {
    contenders.forEach((contender, i) => {
      seconds[i][round] = timeRuns(contender, runs[i]) / runs[i];
    });
  }
  return contenders.map(({ name }, i) => {
    const sorted = seconds[i].sort();
    return {
      contender: name,
      lowerQuartile: quantile(sorted, 0.25),
      median: quantile(sorted, 0.5),
      upperQuartile: quantile(sorted, 0.75),
      runs: runs[i],
    };
  });
}

/** The `share` quantile of ascending numbers, linear between neighbours (type 7 of Hyndman & Fan). */
export function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** Runs for several chunks, so that the code is compiled by then; returns how many runs last one chunk. */
function warmUp(contender: Contender, chunkSeconds: number): number {
  let runs = 1;
  for (let spent = 0; ;) {
    const seconds = timeRuns(contender, runs);
    spent += seconds;
    if (spent >= warmUpChunks * chunkSeconds) return Math.max(1, Math.round((runs * chunkSeconds) / seconds));
    if (seconds < chunkSeconds) runs *= 2;
  }
}

function timeRuns(contender: Contender, runs: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < runs; i++) contender.run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
