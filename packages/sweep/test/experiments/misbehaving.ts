import type { ExperimentContext, Row } from '../../src/index.ts';

export interface Behaviour {
  readonly kind: keyof typeof behaviours;
}

const behaviours = {
  well: () => undefined,
  throws: () => {
    throw new RangeError('width 0 is too small', { cause: new Error('the layer has no units') });
  },
  throwsText: () => {
    throw 'just a text';
  },
  rejects: async () => {
    await Promise.reject(new TypeError('no such optimiser'));
  },
  exits: () => {
    process.exit(3);
  },
  exitsQuietly: () => {
    process.exit(0);
  },
  exhaustsHeap: () => {
    const hoard: number[][] = [];
    for (;;) hoard.push(new Array<number>(100_000).fill(Math.PI));
  },
  leavesRejection: () => {
    void Promise.reject(new Error('nobody waits for this'));
  },
  throwsLater: async () => {
    setTimeout(() => {
      throw new Error('thrown from a timer');
    }, 1);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  },
} satisfies Record<string, () => unknown>;

/** One good row, unless `kind` says otherwise. */
export async function misbehaves({ kind }: Behaviour, seed: number): Promise<readonly Row[]> {
  await behaviours[kind]();
  return [{ kind, seed }];
}

export const notAFunction = 1;

/** Rows that are none, by kind. */
export function returnsNonsense({
  value,
}: {
  readonly value: 'nothing' | 'number' | 'nested' | 'undefined' | 'map';
}): never {
  const nonsense: unknown = {
    nothing: undefined,
    number: 7,
    nested: [{ loss: 1 }, { loss: [1, 2] }],
    undefined: [{ loss: undefined }],
    map: [new Map()],
  }[value];
  return nonsense as never;
}

/** Never returns to the event loop until the signal says so, then returns what it has. */
export function loopsWatching(_: object, __: number, { signal, onProgress }: ExperimentContext): readonly Row[] {
  const end = Date.now() + 20_000;
  for (let step = 0; Date.now() < end; step++) {
    onProgress(Math.min(step / 1e6, 0.5));
    if (signal.aborted) return [{ partial: true }];
  }
  throw new Error('The abort never came');
}

/** Never returns to the event loop, and throws when aborted. */
export function loopsThrowing(_: object, __: number, { signal, onProgress }: ExperimentContext): readonly Row[] {
  onProgress(0.5);
  const end = Date.now() + 20_000;
  while (Date.now() < end) signal.throwIfAborted();
  throw new Error('The abort never came');
}

/** Waits for an event that only the abort brings. */
export async function waits(_: object, __: number, { signal, onProgress }: ExperimentContext): Promise<readonly Row[]> {
  onProgress(0.5);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  return [{ reason: String(signal.reason) }];
}

/** Works for a while without a look at the signal. */
export function looksAway(
  { milliseconds }: { readonly milliseconds: number },
  seed: number,
  { onProgress }: ExperimentContext,
): readonly Row[] {
  onProgress(0.5);
  const end = Date.now() + milliseconds;
  while (Date.now() < end);
  return [{ seed }];
}
