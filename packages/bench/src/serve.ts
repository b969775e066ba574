import { createInterface } from 'node:readline';
import { type Engine, type PreparedWork, runsBeforeResult } from './engine.ts';
import { parseWork } from './work.ts';

/** Answers on stdout what is asked on stdin, in the protocol of `Host`, until stdin ends. */
export async function serve(engine: Engine): Promise<void> {
  const slots = new Map<string, PreparedWork>();
  for await (const line of createInterface({ input: process.stdin })) {
    let answer: string;
    try {
      answer = await answerTo(line, engine, slots);
    } catch (error) {
      answer = `failed ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
    }
    process.stdout.write(`> ${answer}\n`);
  }
}

async function answerTo(line: string, engine: Engine, slots: Map<string, PreparedWork>): Promise<string> {
  const [request, slot, ...rest] = line.split(' ');
  switch (request) {
    case 'info':
      return `info ${JSON.stringify(engine.info())}`;
    case 'prepare': {
      const work = parseWork(rest.join(' '));
      const prepared = await engine.prepare(work);
      for (let i = 0; i < runsBeforeResult(work); i++) await prepared.run();
      slots.set(slot, prepared);
      return `ready ${JSON.stringify(await prepared.result())}`;
    }
    case 'run':
      return await timeRuns(prepared(slots, slot), Number(rest[0]));
    case 'drop':
      prepared(slots, slot).drop?.();
      slots.delete(slot);
      return 'dropped';
    default:
      throw new Error(`there is no request '${request}'`);
  }
}

function prepared(slots: Map<string, PreparedWork>, slot: string): PreparedWork {
  const found = slots.get(slot);
  if (!found) throw new Error(`nothing is prepared in slot ${slot}`);
  return found;
}

async function timeRuns(work: PreparedWork, count: number): Promise<string> {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  for (let i = 0; i < count; i++) {
    const pending = work.run();
    if (pending) await pending;
  }
  const { user, system } = process.cpuUsage(cpu);
  return `took ${(user + system) / 1e6} ${(performance.now() - wall) / 1e3}`;
}
