import { setTimeout } from 'node:timers/promises';
import type { TimedHost } from './compare.ts';
import { isFound, type Found } from './found.ts';
import { Host, type HostCommand } from './host.ts';
import { pinToCore } from './pin-to-core.ts';

/** Tells whether a core is this process's alone: a hyperthread beside it that computes takes up to half of its speed. */
export interface CoreWatch {
  /** Waits for a moment when the core is not shared, but not for long. */
  settle(): Promise<void>;
  /** Seconds that a fixed piece of arithmetic takes now, over the least that it ever took: 1 on a core of one's own. */
  slowdown(): Promise<number>;
}

/** Above this the core is shared: hyperthreads that compute cost a quarter at least, the noise of the piece some percent. */
export const sharedFrom = 1.1;

const slot = 0;
/** Operations of the fixed piece: half a millisecond. */
const operations = 2.5e7;
const pauseMilliseconds = 5;
const longestSettleMilliseconds = 100;

/**
 * Watches a core by arithmetic in C that keeps its units full, so that it slows down as soon as another hyperthread of
 * the same core computes; CPU time does not show that, nor does the load of a virtual machine whose neighbour it is.
 *
 * All waiting together stops at `patienceSeconds`.
 */
export class ArithmeticWatch implements CoreWatch {
  readonly #host: TimedHost;
  #fastest = Infinity;
  #patienceSeconds: number;

  private constructor(host: TimedHost, patienceSeconds: number) {
    this.#host = host;
    this.#patienceSeconds = patienceSeconds;
  }

  static async on(host: TimedHost, patienceSeconds: number): Promise<ArithmeticWatch> {
    await host.prepare(slot, { kind: 'limit', name: 'multiply-add-128', n: operations });
    const watch = new ArithmeticWatch(host, patienceSeconds);
    for (let i = 0; i < 50; i++) await watch.slowdown();
    return watch;
  }

  async settle(): Promise<void> {
    const start = performance.now();
    while ((await this.slowdown()) > sharedFrom) {
      const waited = performance.now() - start;
      if (waited > longestSettleMilliseconds || waited / 1e3 > this.#patienceSeconds) break;
      await setTimeout(pauseMilliseconds);
    }
    this.#patienceSeconds -= (performance.now() - start) / 1e3;
  }

  async slowdown(): Promise<number> {
    const { cpu } = await this.#host.run(slot, 1);
    this.#fastest = Math.min(this.#fastest, cpu);
    return cpu / this.#fastest;
  }
}

/** A watch in a process of its own on the core where single threads are timed; none without C or without `taskset`. */
export async function watchCore(
  limits: Found<HostCommand>,
  core: number,
  patienceSeconds: number,
): Promise<{ readonly watch: CoreWatch; stop(): void } | undefined> {
  if (!isFound(limits)) return undefined;
  const host = Host.start(limits.value);
  try {
    await host.info();
    if (!pinToCore(host.pid, core)) throw new Error('cannot be kept on one core');
    return { watch: await ArithmeticWatch.on(host, patienceSeconds), stop: () => host.stop() };
  } catch {
    host.stop();
    return undefined;
  }
}
