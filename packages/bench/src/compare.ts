import type { ContenderId } from './contenders.ts';
import { type CoreWatch, sharedFrom } from './core-watch.ts';
import type { Took } from './host.ts';
import type { Clock, Effort } from './results.ts';
import type { Work } from './work.ts';

/** What is asked of a host; `Host` is one. */
export interface TimedHost {
  prepare(slot: number, work: Work): Promise<readonly number[]>;
  run(slot: number, count: number): Promise<Took>;
  drop(slot: number): Promise<void>;
}

/** A contender in a comparison, and the work that it does there. */
export interface Entrant {
  readonly contender: ContenderId;
  readonly work: Work;
  readonly clock: Clock;
  readonly host: TimedHost;
}

/** How an entrant fared: seconds of one run by round, or why there are none. */
export type Outcome = {
  readonly contender: ContenderId;
  readonly work: Work;
  readonly clock: Clock;
} & (
  | { readonly runs: number; readonly seconds: readonly number[]; readonly sharedRounds?: number }
  | { readonly refused: string }
);

/** Seconds that all rounds of one entrant may take. Who is slower is timed in fewer rounds. */
export type Patience = number;

interface Ready extends Entrant {
  readonly slot: number;
  /** Runs of one timing. */
  readonly runs: number;
  /** Rounds of all in which it takes part. */
  readonly rounds: number;
}

const tolerance = 1e-3;

/** Who is slow is still timed so often, for a median. */
const fewestRounds = 3;

/** A timing during which the core was shared is taken again, for so many seconds in all. */
const retrySeconds = 0.25;

/** Who takes so many times its patience on the wall, as threads do that wait for each other on a busy machine, stops there. */
const overtime = 4;

/**
 * Times entrants in rounds, one chunk of runs each in turn, so that a slow moment of the machine meets them all.
 *
 * Before that each is prepared, its numbers are held against those of the first that does the same work, and it warms up:
 * none of it counts. Right before a timing some runs bring its data back into the caches. Where a watch is given, CPU
 * time is taken while the core is not shared, as the watch says and not as the time turned out; `sharedRounds` counts those
 * in which it always was.
 */
export async function compare(
  entrants: readonly Entrant[],
  { rounds, chunkSeconds, warmUpSeconds }: Effort,
  patience: Patience,
  watch?: CoreWatch,
): Promise<readonly Outcome[]> {
  const outcomes: (Outcome | undefined)[] = entrants.map(() => undefined);
  const ready: Ready[] = [];
  const expected = new Map<string, readonly number[]>();
  for (const [slot, entrant] of entrants.entries()) {
    try {
      const result = await entrant.host.prepare(slot, entrant.work);
      checkResult(result, expected, JSON.stringify(entrant.work));
      const run = await warmUp(entrant, slot, warmUpSeconds);
      ready.push({
        ...entrant,
        slot,
        runs: Math.max(1, Math.round(chunkSeconds / run)),
        rounds: Math.min(rounds, Math.max(fewestRounds, Math.floor(patience / Math.max(run, chunkSeconds)))),
      });
    } catch (error) {
      outcomes[slot] = refusal(entrant, error);
    }
  }
  const seconds = entrants.map((): number[] => []);
  const sharedRounds = entrants.map(() => 0);
  const walls = entrants.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const entrant of ready) {
      const { slot } = entrant;
      if (outcomes[slot] || walls[slot] > overtime * patience || !takesPart(entrant.rounds, round, rounds)) continue;
      const start = performance.now();
      try {
        const timing = await timeAlone(entrant, chunkSeconds, watch);
        seconds[slot].push(timing.seconds);
        if (timing.slowdown > sharedFrom) sharedRounds[slot]++;
        walls[slot] += (performance.now() - start) / 1e3;
      } catch (error) {
        outcomes[slot] = refusal(entrant, error);
      }
    }
  }
  for (const { slot, host, contender, work, clock, runs } of ready) {
    if (outcomes[slot]) continue;
    const watched = watch && clock === 'cpu' ? { sharedRounds: sharedRounds[slot] } : {};
    outcomes[slot] = { contender, work, clock, runs, seconds: seconds[slot], ...watched };
    await host.drop(slot).catch(() => undefined);
  }
  return outcomes.filter((outcome) => outcome !== undefined);
}

function refusal({ contender, work, clock }: Entrant, error: unknown): Outcome {
  return { contender, work, clock, refused: error instanceof Error ? error.message : String(error) };
}

/** Whether round `round` of `all` is one of `mine`, which are spread evenly. */
function takesPart(mine: number, round: number, all: number): boolean {
  return Math.floor(((round + 1) * mine) / all) > Math.floor((round * mine) / all);
}

/** Runs for a while; returns the seconds of one run at the end of it. */
async function warmUp({ host, clock }: Entrant, slot: number, seconds: number): Promise<number> {
  let spent = 0;
  for (let runs = 1; ;) {
    const took = await host.run(slot, runs);
    spent += took.wall;
    // A clock may not have moved during a short run.
    const run = Math.max(took[clock], 1e-9) / runs;
    if (spent >= seconds) return run;
    if (took.wall < seconds / 4) runs *= 2;
  }
}

/** The timing of some attempts that met the core least shared; without a watch the first. */
async function timeAlone(
  entrant: Ready,
  chunkSeconds: number,
  watch: CoreWatch | undefined,
): Promise<{ readonly seconds: number; readonly slowdown: number }> {
  if (!watch || entrant.clock !== 'cpu') return { seconds: await timeOnce(entrant, chunkSeconds), slowdown: 1 };
  const start = performance.now();
  let best = { seconds: NaN, slowdown: Infinity };
  while (best.slowdown > sharedFrom && performance.now() - start < retrySeconds * 1e3) {
    await watch.settle();
    const before = await watch.slowdown();
    const seconds = await timeOnce(entrant, chunkSeconds);
    const slowdown = Math.max(before, await watch.slowdown());
    if (slowdown < best.slowdown) best = { seconds, slowdown };
  }
  return best;
}

async function timeOnce({ host, slot, runs, clock }: Ready, chunkSeconds: number): Promise<number> {
  const before = Math.floor(runs / 8);
  if (before > 0) await host.run(slot, before);
  const took = await host.run(slot, runs);
  const seconds = took[clock] / runs;
  if (seconds > 0) return seconds;
  throw new Error(`${runs} runs took no time that the clock of the process could see (${chunkSeconds} s were meant)`);
}

/** The first result of a work is what the others must come to; one without numbers says nothing. */
function checkResult(result: readonly number[], expected: Map<string, readonly number[]>, work: string): void {
  if (result.length === 0) return;
  const first = expected.get(work);
  if (!first) {
    expected.set(work, result);
    return;
  }
  const agrees =
    first.length === result.length &&
    first.every((value, i) => Math.abs(value - result[i]) <= tolerance * Math.max(1, Math.abs(value)));
  if (!agrees) throw new Error(`it computes something else: ${result.join(', ')} instead of ${first.join(', ')}`);
}
