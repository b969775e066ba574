import { describe, expect, it } from 'vitest';
import { type Entrant, type TimedHost, compare } from './compare.ts';
import type { ContenderId } from './contenders.ts';
import type { Took } from './host.ts';
import type { Work } from './work.ts';

const work: Work = { kind: 'matrix-product', n: 4 };
const effort = { rounds: 4, chunkSeconds: 0.01, warmUpSeconds: 0.02 };

/** A host whose clock is what it is told: `seconds` for each run. */
class TalkingHost implements TimedHost {
  readonly asked: string[] = [];
  readonly #name: string;
  readonly #seconds: number;
  readonly #result: readonly number[];
  readonly #log: string[];

  constructor(name: string, seconds: number, result: readonly number[], log: string[] = []) {
    this.#name = name;
    this.#seconds = seconds;
    this.#result = result;
    this.#log = log;
  }

  async prepare(): Promise<readonly number[]> {
    this.asked.push('prepare');
    return this.#result;
  }

  async run(_slot: number, count: number): Promise<Took> {
    this.asked.push(`run ${count}`);
    this.#log.push(this.#name);
    return { cpu: count * this.#seconds, wall: 2 * count * this.#seconds };
  }

  async drop(): Promise<void> {
    this.asked.push('drop');
  }
}

/** A host whose runs after the warm-up take given times, one after the other, and the last from then on. */
class SlowingHost extends TalkingHost {
  readonly #times: number[];
  #warmUps = 0;

  constructor(times: readonly number[]) {
    super('slowing', times[0], []);
    this.#times = [...times];
  }

  override async run(slot: number, count: number): Promise<Took> {
    const took = await super.run(slot, count);
    if (this.#warmUps++ === 0) return took;
    const cpu = this.#times.length > 1 ? (this.#times.shift() ?? NaN) : this.#times[0];
    return { cpu, wall: cpu };
  }
}

function entrant(contender: ContenderId, host: TimedHost, clock: 'cpu' | 'wall' = 'cpu'): Entrant {
  return { contender, work, clock, host };
}

describe('compare', () => {
  it('times everybody in every round, in turn, after the warm-up', async () => {
    const log: string[] = [];
    const a = new TalkingHost('a', 0.02, [], log);
    const b = new TalkingHost('b', 0.03, [], log);
    const outcomes = await compare([entrant('wasm-simd', a), entrant('torch-1', b)], effort, 10);
    expect(log.slice(-8).join('')).toBe('abababab');
    expect(outcomes).toEqual([
      { contender: 'wasm-simd', work, clock: 'cpu', runs: 1, seconds: [0.02, 0.02, 0.02, 0.02] },
      { contender: 'torch-1', work, clock: 'cpu', runs: 1, seconds: [0.03, 0.03, 0.03, 0.03] },
    ]);
  });

  it('runs short work often enough to fill a chunk, and brings its data back before, uncounted', async () => {
    const host = new TalkingHost('a', 1e-5, []);
    const [outcome] = await compare([entrant('wasm-simd', host)], effort, 10);
    expect(outcome).toMatchObject({ runs: 1000 });
    expect(host.asked.slice(-5)).toEqual(['run 125', 'run 1000', 'run 125', 'run 1000', 'drop']);
  });

  it('takes the time on the wall where several threads work', async () => {
    const [outcome] = await compare([entrant('torch-2', new TalkingHost('a', 0.02, []), 'wall')], effort, 10);
    expect(outcome).toMatchObject({ seconds: [0.04, 0.04, 0.04, 0.04] });
  });

  it('times the slow in fewer rounds, and never in fewer than three', async () => {
    const rounds = { ...effort, rounds: 12 };
    const count = async (seconds: number): Promise<number> => {
      const [outcome] = await compare([entrant('ml-matrix', new TalkingHost('a', seconds, []))], rounds, 1);
      return 'seconds' in outcome ? outcome.seconds.length : 0;
    };
    expect([await count(0.01), await count(0.2), await count(5)]).toEqual([12, 5, 3]);
  });

  it('waits for nobody without end: who takes far longer than was found in the warm-up stops', async () => {
    const host = new TalkingHost('a', 0.02, []);
    const run = host.run.bind(host);
    let runs = 0;
    // Quick in the warm-up, and then not: 20 ms on the wall, where 4 × 5 ms are granted.
    host.run = async (slot, count) => {
      if (++runs > 1) await new Promise((resolve) => setTimeout(resolve, 25));
      return await run(slot, count);
    };
    const [outcome] = await compare([entrant('torch-2', host)], effort, 0.005);
    expect('seconds' in outcome && outcome.seconds.length).toBe(1);
  });

  it('refuses who computes something else than the first, and says what', async () => {
    const outcomes = await compare(
      [
        entrant('wasm-simd', new TalkingHost('a', 0.02, [1.5, 0.25])),
        entrant('jax-js', new TalkingHost('b', 0.02, [1.5001, 0.2501])),
        entrant('tfjs-cpu', new TalkingHost('c', 0.02, [1.6, 0.25])),
      ],
      effort,
      10,
    );
    expect(outcomes.map((outcome) => ('refused' in outcome ? outcome.refused : 'timed'))).toEqual([
      'timed',
      'timed',
      'it computes something else: 1.6, 0.25 instead of 1.5, 0.25',
    ]);
  });

  it('goes on without who cannot prepare, or fails on the way', async () => {
    const unable = new TalkingHost('a', 0.02, []);
    unable.prepare = () => Promise.reject(new Error('there is no GELU'));
    const dying = new TalkingHost('b', 0.02, []);
    const run = dying.run.bind(dying);
    dying.run = (slot, count) =>
      dying.asked.length > 4 ? Promise.reject(new Error('ended with SIGSEGV')) : run(slot, count);
    const outcomes = await compare(
      [entrant('tfjs-wasm', unable), entrant('jax-js', dying), entrant('wasm-simd', new TalkingHost('c', 0.02, []))],
      effort,
      10,
    );
    expect(outcomes.map((outcome) => ('refused' in outcome ? outcome.refused : outcome.seconds.length))).toEqual([
      'there is no GELU',
      'ended with SIGSEGV',
      4,
    ]);
  });

  it('takes a timing again while the core is shared, and keeps the one that met it least shared, however it turned out', async () => {
    // Before and after each attempt: shared, shared; shared before; its own.
    const slowdowns = [1.5, 1.5, 1.3, 1, 1.02, 1.03];
    let settled = 0;
    const watch = {
      settle: async () => void settled++,
      slowdown: async () => slowdowns.shift() ?? 1,
    };
    const host = new SlowingHost([0.01, 0.012, 0.011]);
    const [outcome] = await compare([entrant('wasm-simd', host)], { ...effort, rounds: 1 }, 10, watch);
    expect(outcome).toMatchObject({ seconds: [0.011], sharedRounds: 0 });
    expect(settled).toBe(3);
  });

  it('counts the rounds in which the core was always shared, and watches no work over several threads', async () => {
    const watch = { settle: async () => undefined, slowdown: async () => 1.4 };
    const outcomes = await compare(
      [entrant('wasm-simd', new SlowingHost([0.01])), entrant('torch-2', new TalkingHost('b', 0.03, []), 'wall')],
      { ...effort, rounds: 2 },
      10,
      watch,
    );
    expect(outcomes[0]).toMatchObject({ seconds: [0.01, 0.01], sharedRounds: 2 });
    expect(outcomes[1]).not.toHaveProperty('sharedRounds');
  });
});
