import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LockError,
  SpecificationError,
  StoreError,
  type SweepExecutor,
  defineSweep,
  estimateSweep,
  experiment,
  inProcess,
  mergeSweeps,
  openSweep,
  reopenSweep,
  sweepStatus,
  workerPool,
} from '../src/index.ts';
import { misbehaves, powers } from './experiments.ts';

const one = workerPool({ workers: 1 });
const two = workerPool({ workers: 2, heapMegabytes: 64 });
afterAll(() => Promise.all([one.close(), two.close()]));

/** Finishes jobs in an order that has nothing to do with theirs. */
const shuffled: SweepExecutor = {
  run: (jobs, ...rest) =>
    inProcess().run(
      [...jobs].sort((a, b) => (a.id < b.id ? -1 : 1)),
      ...rest,
    ),
  close: async () => undefined,
};

const definition = defineSweep({ experiment: powers, parameters: { base: [2, 3, 5], steps: [2, 3] }, seeds: 3 });

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sweep-folder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (name: string): string => join(root, name);
const bytesOf = (name: string): Buffer => readFileSync(join(root, name, 'runs.parquet'));

async function runIn(name: string, executor: SweepExecutor, options: Parameters<typeof openSweep>[2] = {}) {
  const sweep = openSweep(at(name), definition, options);
  try {
    return await sweep.run({ executor });
  } finally {
    sweep.close();
  }
}

async function readParquet(name: string): Promise<Record<string, unknown>[]> {
  const bytes = bytesOf(name);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  return parquetReadObjects({ file });
}

describe('a sweep folder', () => {
  it('has the same runs.parquet with 1 and 2 workers and in any order, and it holds the rows of the formula', async () => {
    for (const [name, executor] of [
      ['one', one],
      ['two', two],
      ['shuffled', shuffled],
    ] as const) {
      expect((await runIn(name, executor)).status).toBe('completed');
    }
    expect(bytesOf('two').equals(bytesOf('one'))).toBe(true);
    expect(bytesOf('shuffled').equals(bytesOf('one'))).toBe(true);
    const rows = [2, 3, 5].flatMap((base) =>
      [2, 3].flatMap((steps) =>
        [1, 2, 3].flatMap((seed) =>
          Array.from({ length: steps }, (_, step) => ({ base, steps, seed, step, value: base ** step + seed })),
        ),
      ),
    );
    expect(await readParquet('one')).toEqual(rows);
  });

  it('says in sweep.json what it holds', async () => {
    await runIn('one', inProcess());
    const file = fileURLToPath(new URL('./experiments/powers.ts', import.meta.url));
    const specification = JSON.parse(readFileSync(at('one/sweep.json'), 'utf8')) as Record<string, unknown>;
    expect(specification).toMatchObject({
      format: 'relu-lab-sweep',
      version: 1,
      experiment: { module: expect.stringMatching(/powers\.ts$/) as string, export: 'powers' },
      parameters: { base: [2, 3, 5], steps: [2, 3] },
      seeds: [1, 2, 3],
      code: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      versions: { '@relu-lab/sweep': '0.1.0', piscina: '5.3.2' },
      environment: { node: process.version },
    });
    const { module } = specification['experiment'] as { module: string };
    expect(join(at('one'), module)).toBe(file);
  });

  it('runs only what is missing, whatever order it is asked in', async () => {
    await runIn('whole', one);
    const sweep = openSweep(at('parts'), definition);
    await sweep.run({ executor: two, jobs: sweep.jobs.filter((_, i) => i % 3 === 1) });
    expect(existsSync(at('parts/runs.parquet'))).toBe(false);
    sweep.close();
    const again = reopenSweep(at('parts'));
    expect(await again.run({ executor: two })).toMatchObject({ status: 'completed', reused: 6 });
    again.close();
    expect(bytesOf('parts').equals(bytesOf('whole'))).toBe(true);
  });

  it('keeps failures, does not try them again by itself, and does when asked', async () => {
    const bad = { experiment: misbehaves, parameters: { kind: ['well', 'throws', 'exits', 'exhaustsHeap'] }, seeds: 1 };
    const sweep = openSweep(at('bad'), bad);
    const first = await sweep.run({ executor: two });
    expect(first).toMatchObject({ status: 'failed', results: [{}], failures: [{}, {}, {}] });
    sweep.close();
    expect(await readParquet('bad')).toEqual([{ kind: 'well', seed: 1 }]);
    expect(sweepStatus(at('bad'))).toMatchObject({
      ...{ total: 4, done: 1, failed: 3, missing: 0, running: null },
      failures: [
        { label: 'kind throws, seed 1', error: { name: 'RangeError', message: 'width 0 is too small' } },
        { error: { message: expect.stringContaining('exited with code: 3') as string } },
        { error: { message: expect.stringContaining('memory') as string } },
      ],
    });

    const ran: unknown[] = [];
    const counting: SweepExecutor = {
      run: (jobs, ...rest) => {
        ran.push(...jobs.map(({ parameters }) => parameters));
        return two.run(jobs, ...rest);
      },
      close: async () => undefined,
    };
    const again = reopenSweep(at('bad'));
    expect(await again.run({ executor: counting })).toMatchObject({ status: 'failed', failures: [{}, {}, {}] });
    expect(ran).toEqual([]);
    await again.run({ executor: counting, retryFailed: true });
    expect(ran).toEqual([{ kind: 'throws' }, { kind: 'exits' }, { kind: 'exhaustsHeap' }]);
    again.close();
  });

  it('refuses another specification, names the differences, and leaves everything as it was', async () => {
    await runIn('mine', inProcess());
    const before = readFileSync(at('mine/runs.jsonl'), 'utf8');
    const open =
      (other: object): (() => void) =>
      () =>
        void openSweep(at('mine'), { ...definition, ...other });
    expect(open({ seeds: 4 })).toThrow(SpecificationError);
    expect(open({ seeds: 4 })).toThrow('(seeds: 1, 2, 3 there, 1, 2, 3, 4 here); choose another folder');
    expect(open({ parameters: { base: [2, 7], steps: [2, 3] } })).toThrow('(parameter base: 2, 3, 5 there, 2, 7 here)');
    expect(open({ parameters: { base: [5, 3, 2], steps: [2, 3] } })).toThrow(
      'parameter base: 2, 3, 5 there, 5, 3, 2 here',
    );
    expect(open({ parameters: { steps: [2, 3], base: [2, 3, 5] } })).toThrow('in other combinations or another order');
    expect(open({ experiment: misbehaves })).toThrow('experiment: powers#powers there, misbehaving#misbehaves here');
    expect(() => openSweep(at('mine'), definition, { shard: { index: 1, count: 2 } })).toThrow(
      'shard: all jobs there, 1/2 here',
    );
    expect(readFileSync(at('mine/runs.jsonl'), 'utf8')).toBe(before);
    await runIn('mine', inProcess());
  });

  const specificationIn = (folder: string): Record<string, unknown> =>
    JSON.parse(readFileSync(at(`${folder}/sweep.json`), 'utf8')) as Record<string, unknown>;

  it('refuses code that has changed, in a file that the module imports too, unless that is accepted, which it notes', async () => {
    writeFileSync(at('helper.mjs'), 'export const factor = 2;');
    writeFileSync(
      at('study.mjs'),
      "import { factor } from './helper.mjs';\nexport const run = (_, seed) => [{ value: factor * seed }];",
    );
    const study = { experiment: experiment(pathToFileURL(at('study.mjs')).href, 'run'), parameters: [{}], seeds: 2 };
    openSweep(at('out'), study).close();
    openSweep(at('out'), study).close();
    writeFileSync(at('helper.mjs'), 'export const factor = 3;');
    expect(() => openSweep(at('out'), study)).toThrow(
      /\(code: the module of the experiment.*has changed\); run it in another folder/,
    );
    const before = specificationIn('out');
    openSweep(at('out'), study, { acceptChanges: true }).close();
    const after = specificationIn('out');
    expect(after).toEqual({
      ...before,
      code: expect.not.stringMatching(String(before['code'])) as string,
      accepted: [
        { code: before['code'], versions: before['versions'], at: expect.stringMatching(/^\d{4}-.*Z$/) as string },
      ],
    });
    openSweep(at('out'), study).close();
    expect(specificationIn('out')).toEqual(after);

    writeFileSync(at('helper.mjs'), 'export const factor = 2;');
    expect(() => openSweep(at('out'), study)).toThrow('has changed');
    openSweep(at('out'), study, { acceptChanges: true }).close();
    expect(specificationIn('out')).toMatchObject({ code: before['code'], accepted: [{ code: after['code'] }] });
    rmSync(at('study.mjs'));
    expect(() => reopenSweep(at('out'))).toThrow(/The module of the experiment is not there: .*study\.mjs/);
  });

  it('refuses another context, or none recorded, unless that is accepted, which it notes', () => {
    const wasm = { context: { kernels: 'wasm simd' } };
    const native = { context: { kernels: 'native avx2' } };
    openSweep(at('out'), definition, wasm).close();
    reopenSweep(at('out'), wasm).close();
    expect(() => reopenSweep(at('out'), native)).toThrow(
      /\(context kernels: wasm simd there, native avx2 here\); run it in another folder, or accept the change/,
    );
    reopenSweep(at('out'), { ...native, acceptChanges: true }).close();
    expect(specificationIn('out')).toMatchObject({ ...native, accepted: [wasm] });

    openSweep(at('earlier'), definition).close();
    expect(() => reopenSweep(at('earlier'), wasm)).toThrow('context kernels: not recorded there, wasm simd here');
    expect(sweepStatus(at('earlier'))).toMatchObject({ missing: 18 });
  });

  it('refuses folders that are something else', () => {
    expect(() => reopenSweep(at('nothing'))).toThrow(/nothing has no sweep\.json: it is not the folder of a sweep/);
    expect(existsSync(at('nothing'))).toBe(false);
    cpSync(fileURLToPath(new URL('./experiments', import.meta.url)), at('code'), { recursive: true });
    writeFileSync(at('code/runs.jsonl'), '');
    expect(() => openSweep(at('code'), definition)).toThrow('has runs.jsonl but no sweep.json; choose another folder');
    writeFileSync(at('code/sweep.json'), '{"format":"other"}');
    expect(() => openSweep(at('code'), definition)).toThrow(/sweep\.json is no specification of a sweep/);
    writeFileSync(at('code/sweep.json'), '{');
    expect(() => openSweep(at('code'), definition)).toThrow(StoreError);
  });

  it('names a corrupt line in the middle, changes nothing, and repairs it when told to, without losing a run', async () => {
    await runIn('whole', inProcess());
    const file = at('whole/runs.jsonl');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.map((line, i) => (i === 4 ? line.slice(0, 30) : line)).join('\n'));
    expect(() => openSweep(at('whole'), definition)).toThrow(`${file}:5 is corrupt`);
    expect(sweepStatus(at('whole'))).toMatchObject({ done: 17, missing: 1, damaged: [expect.stringContaining(':5')] });

    const parquet = bytesOf('whole');
    const sweep = openSweep(at('whole'), definition, { repair: true });
    expect(sweep.store).toMatchObject({ size: 17, movedAside: 1 });
    expect(await sweep.run({ executor: one })).toMatchObject({ status: 'completed', reused: 17 });
    sweep.close();
    expect(bytesOf('whole').equals(parquet)).toBe(true);
  });

  it('writes a header that is lost again when told to repair, and runs nothing twice', async () => {
    await runIn('whole', inProcess());
    const file = at('whole/runs.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(text.indexOf('\n') + 1));
    expect(() => openSweep(at('whole'), definition)).toThrow(
      `${file}:1 is not the header of a store; repair the store`,
    );
    expect(sweepStatus(at('whole'))).toMatchObject({
      done: 18,
      damaged: [expect.stringContaining(':1 is not the header')],
    });
    expect(() => mergeSweeps(at('merged'), [at('whole')])).toThrow(':1 is not the header of a store');

    const sweep = openSweep(at('whole'), definition, { repair: true });
    expect(await sweep.run({ executor: one })).toMatchObject({ status: 'completed', reused: 18 });
    sweep.close();
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is for one process at a time', () => {
    const sweep = openSweep(at('mine'), definition);
    expect(() => openSweep(at('mine'), definition)).toThrow(LockError);
    expect(sweepStatus(at('mine'))).toMatchObject({ running: { pid: process.pid }, done: 0, missing: 18 });
    sweep.close();
    openSweep(at('mine'), definition).close();
  });
});

describe('a sweep folder whose process is killed', () => {
  const start = (): ChildProcess => {
    const program = fileURLToPath(new URL('./programs/sweep-folder.mjs', import.meta.url));
    return spawn(process.execPath, [program, at('killed')], { stdio: ['ignore', 'pipe', 'inherit'] });
  };
  const linesOf = async (child: ChildProcess, enough: (line: string) => boolean): Promise<string[]> => {
    const lines: string[] = [];
    if (child.stdout === null) return lines;
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (enough(line)) break;
    }
    return lines;
  };

  it('refuses a second process, and when killed has lost nothing and goes on to the same bytes', async () => {
    const killed = start();
    await linesOf(killed, (line) => line === '10');
    expect(() => reopenSweep(at('killed'))).toThrow(`in use: process ${killed.pid} runs a sweep there`);
    const meanwhile = sweepStatus(at('killed'));
    expect(meanwhile.running).toMatchObject({ pid: killed.pid });
    expect(meanwhile.jobsPerSecond).toBeGreaterThan(0);
    expect(meanwhile.remainingSeconds).toBeGreaterThan(0);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const { done, running } = sweepStatus(at('killed'));
    expect(done).toBeGreaterThanOrEqual(10);
    expect(done).toBeLessThan(40);
    expect(running).toBeNull();

    const lines = await linesOf(start(), () => false);
    expect(lines.at(-1)).toBe(`completed, ${done} reused`);
    const whole = { experiment: powers, parameters: { base: [2, 3], steps: [3], delay: [30] }, seeds: 20 };
    const sweep = openSweep(at('whole'), whole);
    await sweep.run({ executor: two });
    sweep.close();
    expect(bytesOf('killed').equals(bytesOf('whole'))).toBe(true);
  });
});

describe('mergeSweeps', () => {
  const shard = (index: number, count: number) => ({ shard: { index, count } });

  it('makes of shards the same bytes as of the whole', async () => {
    await runIn('whole', two);
    for (const index of [1, 2, 3]) await runIn(`part-${index}`, one, shard(index, 3));
    expect(sweepStatus(at('part-2'))).toMatchObject({ total: 6, done: 6, shard: { index: 2, count: 3 } });
    mergeSweeps(at('merged'), [at('part-3'), at('part-1')]);
    expect(sweepStatus(at('merged'))).toMatchObject({ total: 18, done: 12, missing: 6, shard: null });
    expect(existsSync(at('merged/runs.parquet'))).toBe(false);
    mergeSweeps(at('merged'), [at('part-2'), at('part-1')]);
    expect(sweepStatus(at('merged'))).toMatchObject({ done: 18, missing: 0 });
    expect(bytesOf('merged').equals(bytesOf('whole'))).toBe(true);
    expect(bytesOf('part-1').equals(bytesOf('whole'))).toBe(false);
  });

  it('merges shards that overlap, as long as they agree', async () => {
    await runIn('a', inProcess(), shard(1, 2));
    await runIn('b', inProcess());
    mergeSweeps(at('merged'), [at('a'), at('b')]);
    expect(bytesOf('merged').equals(bytesOf('b'))).toBe(true);
  });

  it('names the job for which two folders have different rows', async () => {
    await runIn('a', inProcess());
    await runIn('b', inProcess());
    const file = at('b/runs.jsonl');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"seed":2,"step":1,"value":5', '"seed":2,"step":1,"value":5.0000001'),
    );
    expect(() => mergeSweeps(at('merged'), [at('a'), at('b')])).toThrow(
      /a and .*b have different rows for the job base 3, steps 2, seed 2 \([0-9a-f]{12}, seed 2/,
    );
  });

  it('takes failures along, except of what succeeded elsewhere', async () => {
    const bad = { experiment: misbehaves, parameters: { kind: ['well', 'throws'] }, seeds: 2 };
    for (const index of [1, 2]) {
      const sweep = openSweep(at(`part-${index}`), bad, shard(index, 2));
      await sweep.run({ executor: one });
      sweep.close();
    }
    mergeSweeps(at('merged'), [at('part-1'), at('part-2')]);
    expect(sweepStatus(at('merged'))).toMatchObject({ done: 2, failed: 2, missing: 0 });
    expect(await readParquet('merged')).toEqual([1, 2].map((seed) => ({ kind: 'well', seed })));
  });

  it('refuses shards of other code unless that is accepted, and notes both codes then', async () => {
    const code = (seed: string): void =>
      writeFileSync(at('study.mjs'), `export const run = (_, seed) => [{ value: ${seed} }];`);
    const study = { experiment: experiment(pathToFileURL(at('study.mjs')).href, 'run'), parameters: [{}], seeds: 2 };
    code('seed');
    openSweep(at('a'), study, shard(1, 2)).close();
    code('1 * seed');
    openSweep(at('b'), study, shard(2, 2)).close();
    expect(() => mergeSweeps(at('merged'), [at('a'), at('b')])).toThrow('code: the module of the experiment');
    mergeSweeps(at('merged'), [at('a'), at('b')], { acceptChanges: true });
    const read = (folder: string): unknown => JSON.parse(readFileSync(at(`${folder}/sweep.json`), 'utf8'));
    const [a, b] = [read('a'), read('b')] as { readonly code: string }[];
    expect(a?.code).not.toBe(b?.code);
    expect(read('merged')).toMatchObject({ code: a?.code, accepted: [{ code: b?.code }] });
  });

  it('refuses shards of other contexts unless that is accepted, and notes both then', async () => {
    await runIn('a', inProcess(), { ...shard(1, 2), context: { kernels: 'wasm simd' } });
    await runIn('b', inProcess(), { ...shard(2, 2), context: { kernels: 'native avx2' } });
    expect(() => mergeSweeps(at('merged'), [at('a'), at('b')])).toThrow(
      'context kernels: native avx2 there, wasm simd here',
    );
    expect(existsSync(at('merged'))).toBe(false);
    mergeSweeps(at('merged'), [at('a'), at('b')], { acceptChanges: true });
    expect(JSON.parse(readFileSync(at('merged/sweep.json'), 'utf8'))).toMatchObject({
      context: { kernels: 'wasm simd' },
      accepted: [{ context: { kernels: 'native avx2' } }],
    });
  });

  it('refuses nothing, other specifications, damaged shards and a whole that is only a part', async () => {
    expect(() => mergeSweeps(at('merged'), [])).toThrow('There is nothing to merge');
    await runIn('a', inProcess(), shard(1, 2));
    const other = openSweep(at('other'), { ...definition, seeds: 2 });
    other.close();
    expect(() => mergeSweeps(at('merged'), [at('a'), at('other')])).toThrow('seeds: 1, 2 there, 1, 2, 3 here');
    expect(() => mergeSweeps(at('a'), [at('a')])).toThrow('shard: 1/2 there, all jobs here');
    expect(() => mergeSweeps(at('merged'), [at('nothing')])).toThrow('has no sweep.json');
    writeFileSync(at('a/runs.jsonl'), `${readFileSync(at('a/runs.jsonl'), 'utf8')}scratched\n`);
    expect(() => mergeSweeps(at('merged'), [at('a')])).toThrow(/runs\.jsonl:11 is corrupt/);
  });
});

describe('estimateSweep', () => {
  it('tries a few conditions, keeps their runs, and expects the rest to take as long', async () => {
    const slow = { experiment: powers, parameters: { base: [2, 3, 5, 7], steps: [2], delay: [60] }, seeds: 5 };
    const sweep = openSweep(at('slow'), slow);
    const estimate = await estimateSweep(sweep, { executor: two, workers: 2, pilots: 2 });
    expect(estimate).toMatchObject({ jobs: 18, workers: 2, measured: 2 });
    expect(sweep.store.size).toBe(2);
    const tried = sweep.jobs.filter(({ id }) => sweep.store.get(id));
    expect(tried.map(({ parameters }) => parameters)).toMatchObject([{ base: 2 }, { base: 5 }]);
    // Two waits of 30 ms each take at least that long.
    expect(estimate.secondsPerJob).toBeGreaterThanOrEqual(0.055);
    expect(estimate.seconds).toBeCloseTo(((estimate.secondsPerJob ?? NaN) * 18) / 2, 10);

    const again = await estimateSweep(sweep, { executor: two, workers: 1, pilots: 2 });
    expect(again).toMatchObject({ jobs: 18, measured: 2 });
    sweep.close();
  });

  it('takes each condition for what it took itself', async () => {
    const mixed = { experiment: powers, parameters: { base: [2], steps: [1], delay: [0, 200] }, seeds: 4 };
    const sweep = openSweep(at('mixed'), mixed);
    const { secondsPerJob } = await estimateSweep(sweep, { executor: one, workers: 1, pilots: 2 });
    const seconds = sweep.jobs.flatMap(({ id }) => sweep.store.get(id)?.seconds ?? []);
    expect(seconds).toHaveLength(2);
    expect(secondsPerJob).toBeCloseTo(((seconds[0] ?? NaN) + (seconds[1] ?? NaN)) / 2, 10);
    sweep.close();
  });

  it('knows nothing when every pilot fails', async () => {
    const sweep = openSweep(at('bad'), { experiment: misbehaves, parameters: { kind: ['throws'] }, seeds: 9 });
    const estimate = await estimateSweep(sweep, { executor: inProcess(), workers: 1 });
    expect(estimate).toEqual({ jobs: 8, workers: 1, measured: 0, secondsPerJob: null, seconds: null });
    sweep.close();
  });
});
