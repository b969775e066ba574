import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Project, makeProject } from './project.ts';

let project: Project;
beforeAll(() => {
  project = makeProject([]);
  cpSync(fileURLToPath(new URL('./sweeps/decay.ts', import.meta.url)), join(project.folder, 'decay.ts'));
  writeFileSync(
    join(project.folder, 'decay.json'),
    JSON.stringify({ module: './decay.ts', export: 'runDecay', parameters: [{ rate: 0.5, steps: 1 }], seeds: [7] }),
  );
});
afterAll(() => project.remove());
afterEach(() => {
  for (const name of ['dist', 'out', 'one', 'two', 'all'])
    rmSync(join(project.folder, name), { recursive: true, force: true });
});

async function rowsIn(folder: string): Promise<Record<string, unknown>[]> {
  const bytes = readFileSync(join(project.folder, folder, 'runs.parquet'));
  return parquetReadObjects({
    file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
  });
}

const sweep = (...words: readonly string[]) => project.run(['sweep', ...words]);
/** Without a process of its own; `--quiet` where there would be progress. */
const call = (...words: readonly string[]) => project.call(['sweep', ...words]);

describe('relu-lab sweep run', () => {
  it('runs what a TypeScript file defines, and the rows are those of the formula', async () => {
    const { code, out, info } = await sweep('run', 'decay.ts', '--workers', '2');
    expect({ code, out }).toEqual({ code: 0, out: '8 of 8 jobs done\nRows: dist/sweeps/decay/runs.parquet\n' });
    expect(info).toMatch(/rate 0\.25, steps 3, seed 2 done/);
    expect(await rowsIn('dist/sweeps/decay')).toEqual(
      [0.5, 0.25].flatMap((rate) =>
        [1, 3].flatMap((steps) => [1, 2].map((seed) => ({ rate, steps, seed, value: seed * (1 - rate) ** steps }))),
      ),
    );
    const again = await sweep('run', 'decay.ts');
    expect(again).toMatchObject({ code: 0, info: expect.stringContaining('Continuing: 8 finished runs') as string });
  });

  it('takes a JSON file, seeds, parameters and a folder', async () => {
    expect(await call('run', 'decay.json', '--out', 'one', '--quiet')).toEqual({
      ...{ code: 0, info: '' },
      out: 'Rows: one/runs.parquet\n',
    });
    expect(await rowsIn('one')).toEqual([{ rate: 0.5, steps: 1, seed: 7, value: 3.5 }]);
    const words = ['--seeds', '3', '--set', 'rate=0.75', '--set', 'steps=[1,2]', '--out', 'two', '--json', '--quiet'];
    const { code, out } = await call('run', 'decay.ts', ...words);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      status: 'completed',
      total: 6,
      done: 6,
      failed: 0,
      missing: 0,
      failures: [],
    });
    expect((await rowsIn('two')).map(({ rate, steps }) => [rate, steps])).toEqual(
      [1, 1, 1, 2, 2, 2].map((steps) => [0.75, steps]),
    );
  });

  it('exits with 1 when a job fails, names it, and has the rest', async () => {
    const { code, out, info } = await sweep(
      'run',
      'decay.ts',
      '--set',
      'rate=[0.5,2]',
      '--set',
      'steps=1',
      '--out',
      'out',
    );
    expect({ code, out }).toEqual({ code: 1, out: '2 of 4 jobs done, 2 failed\nRows: out/runs.parquet\n' });
    expect(info).toContain('✗ rate 2, seed 1: RangeError: rate must be at most 1, not 2\n');
    expect(await rowsIn('out')).toHaveLength(2);

    const status = await call('status', 'out');
    expect(status.code).toBe(1);
    expect(status.out).toMatch(/^Experiment {2}decay#runDecay\nDone {8}2 of 4\nFailed {6}2\nMissing {5}0\n/);
    expect(status.out).toContain('✗ rate 2, seed 2: RangeError');
    const lines = (): number => project.read('out/failures.jsonl').trim().split('\n').length;
    expect((await call('resume', 'out', '--quiet')).code).toBe(1);
    expect(lines()).toBe(2);
    expect((await call('resume', 'out', '--retry-failed', '--quiet')).code).toBe(1);
    expect(lines()).toBe(4);
  });

  it('is refused in a folder with runs of other kernels, unless that is accepted', async () => {
    const words = ['decay.ts', '--out', 'out', '--quiet'];
    const onReference = { environment: { RELU_LAB_BACKEND: 'reference' } };
    expect(await project.run(['sweep', 'run', ...words], onReference)).toMatchObject({ code: 0 });
    const refused = await call('run', ...words);
    expect(refused.code).toBe(2);
    expect(refused.info).toContain('context kernels: reference javascript there, wasm simd here');
    expect(await call('run', ...words, '--accept-changes')).toMatchObject({ code: 0 });
  });

  it('fails a job that takes too long', async () => {
    const words = ['--set', 'rate=0.5', '--set', 'steps=1', '--seeds', '1', '--time-limit', '0.2', '--out', 'out'];
    writeFileSync(
      join(project.folder, 'slow.json'),
      JSON.stringify({
        module: './decay.ts',
        export: 'runDecay',
        parameters: { rate: [0], steps: [1], milliseconds: [9e4] },
        seeds: 1,
      }),
    );
    const { code, info } = await call('run', 'slow.json', ...words, '--quiet');
    expect(code).toBe(1);
    expect(info).toContain('✗ seed 1: RangeError: The job took longer than 0.2 s');
  });

  it('says first how long it should take, or only that', async () => {
    const only = await call('run', 'decay.ts', '--estimate', '--workers', '1', '--out', 'out', '--quiet');
    expect(only).toMatchObject({ code: 0, info: '' });
    expect(only.out).toMatch(/^6 jobs to run, about \d+ ms on 1 worker \(\d+ ms a job, judged by 2\)\n$/);
    expect(existsSync(join(project.folder, 'out/runs.parquet'))).toBe(false);
    const json = await call('resume', 'out', '--estimate', '--json', '--workers', '1', '--quiet');
    expect(JSON.parse(json.out)).toMatchObject({ estimate: { jobs: 6, workers: 1, measured: 2 } });
    const rest = await sweep('resume', 'out', '--workers', '1');
    expect(rest.info).toMatch(/6 jobs to run, about/);
    expect(rest.out).toMatch(/^8 of 8 jobs done\n/);
    const nothing = await call('resume', 'out', '--estimate', '--quiet');
    expect(nothing).toMatchObject({ code: 0, out: 'Nothing is left to run\n' });
  });

  it('counts only finished runs of its own jobs', async () => {
    await call('run', 'decay.ts', '--out', 'out', '--quiet');
    const file = join(project.folder, 'out/runs.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"id":"[0-9a-f]{8}/, '"id":"00000000'));
    const rest = await sweep('resume', 'out');
    expect(rest.info).toContain('Continuing: 7 finished runs are there already.');
    expect(rest.out).toMatch(/^8 of 8 jobs done\n/);
  });

  it('names --set where it makes conditions of a list the same', async () => {
    const listed = { module: './decay.ts', export: 'runDecay', seeds: 1 };
    const parameters = [
      { rate: 0.5, steps: 1 },
      { rate: 0.25, steps: 1 },
    ];
    writeFileSync(join(project.folder, 'listed.json'), JSON.stringify({ ...listed, parameters }));
    expect(await call('run', 'listed.json', '--set', 'rate=0.1', '--out', 'out')).toMatchObject({
      code: 2,
      info: expect.stringMatching(/^Error: --set rate makes conditions 1 and 2 of the list the same/) as string,
    });
  });

  it('stops at Ctrl-C with what is finished, and goes on from there', async () => {
    writeFileSync(
      join(project.folder, 'gate.mjs'),
      `import { existsSync } from 'node:fs';
      import { setTimeout } from 'node:timers/promises';
      export async function gate({ file }, seed, { signal }) {
        while (seed > 2 && !existsSync(file)) await setTimeout(10, undefined, { signal });
        return [{ square: seed * seed }];
      }`,
    );
    const file = join(project.folder, 'open');
    const gate = { module: './gate.mjs', export: 'gate', parameters: { file: [file] }, seeds: 6 };
    writeFileSync(join(project.folder, 'gate.json'), JSON.stringify(gate));
    const running = project.start(['sweep', 'run', 'gate.json', '--workers', '2', '--out', 'one']);
    await running.wrote('2/6');
    const { pid } = running.process;
    expect(await sweep('resume', 'one')).toMatchObject({
      code: 2,
      info: expect.stringContaining(`in use: process ${pid} runs a sweep there`) as string,
    });
    expect((await call('status', 'one')).out).toMatch(
      new RegExp(`Done {8}2 of 6\nFailed {6}0\nMissing {5}4\n.*\nRunning {5}process ${pid} on `),
    );
    running.process.kill('SIGINT');
    const { code, info, out } = await running.outcome;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(info).toMatch(/Stopped\. 2 of 6 jobs are done; relu-lab sweep resume one goes on\.\n$/);

    writeFileSync(file, '');
    const rest = await sweep('resume', 'one');
    expect(rest).toMatchObject({ code: 0, info: expect.stringContaining('Continuing: 2 finished runs') as string });
    expect(await rowsIn('one')).toEqual([1, 2, 3, 4, 5, 6].map((seed) => ({ file, seed, square: seed * seed })));
  });

  it('ends at once at the second Ctrl-C, and leaves the folder for the next', async () => {
    const parameters = { rate: [0.5], steps: [1], milliseconds: [60_000] };
    writeFileSync(
      join(project.folder, 'long.json'),
      JSON.stringify({ module: './decay.ts', export: 'runDecay', parameters, seeds: 2 }),
    );
    const running = project.start(['sweep', 'run', 'long.json', '--out', 'out']);
    await running.wrote('0/2');
    running.process.kill('SIGINT');
    await running.wrote('Stopping');
    running.process.kill('SIGINT');
    expect((await running.outcome).code).toBe(130);
    expect((await call('status', 'out')).out).toMatch(/^Done {8}0 of 2$/m);
  });

  it('names a line that it cannot read, and repairs the folder when told to', async () => {
    await call('run', 'decay.ts', '--out', 'out', '--quiet');
    const file = join(project.folder, 'out/runs.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n.*\n/, '\nscratched\n'));
    const refused = await call('resume', 'out');
    expect(refused).toMatchObject({
      code: 2,
      info: expect.stringMatching(/^Error: .*runs\.jsonl:2 is corrupt/) as string,
    });
    const repaired = await sweep('resume', 'out', '--repair');
    expect(repaired).toMatchObject({ code: 0, out: expect.stringMatching(/^8 of 8 jobs done/) as string });
    expect(repaired.info).toMatch(/^1 line of runs\.jsonl could not be read/);
  });

  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a missing file', ['run', 'nothing.ts'], /^Error: There is no file nothing\.ts\n$/],
    ['a folder', ['run', '.'], /is a folder; name the file of a sweep/],
    ['a file that defines none', ['run', 'none.mjs'], /defines no sweep: it needs export default defineSweep/],
    ['JSON with an unknown key', ['run', 'typo.json'], /unknown key 'sedes'; did you mean 'seeds'\?/],
    ['JSON without parameters', ['run', 'empty.json'], /defines no sweep: it needs \{ "module"/],
    ['an experiment that is not there', ['run', 'wrong.json'], /exports no function 'runDeca'; it exports runDecay/],
    ['an unknown parameter', ['run', 'decay.ts', '--set', 'rat=1'], /has no parameter 'rat'; did you mean 'rate'\?/],
    ['the same condition twice', ['run', 'decay.ts', '--set', 'rate=[1,1]'], /Jobs 0 and \d+ are the same/],
    ['no seeds', ['run', 'decay.ts', '--seeds', '0'], /--seeds is a whole number from 1, not '0'/],
    ['a shard that is none', ['run', 'decay.ts', '--shard', '3/2'], /A shard is i\/n with 1 ≤ i ≤ n/],
    ['no environment to take a shard from', ['run', 'decay.ts', '--shard', 'auto'], /neither SLURM_ARRAY_TASK_ID nor/],
    [
      'a time limit that is none',
      ['run', 'decay.ts', '--time-limit', 'x'],
      /--time-limit is a number of seconds above 0/,
    ],
    ['a folder that is no sweep', ['resume', 'reports'], /has no sweep\.json: it is not the folder of a sweep/],
    ['the status of nothing', ['status', 'nothing'], /has no sweep\.json/],
    ['an unknown option', ['run', 'decay.ts', '--sed', '1'], /unknown option '--sed'/],
    ['an unknown command', ['rum'], /Did you mean run\?/],
  ];
  it.each(mistakes)('refuses %s with exit code 2', async (_what, words, message) => {
    const files = {
      'none.mjs': 'export default 1;',
      'typo.json': '{"module":"./decay.ts","export":"runDecay","parameters":{},"sedes":1}',
      'empty.json': '{"module":"./decay.ts","export":"runDecay","seeds":1}',
      'wrong.json': '{"module":"./decay.ts","export":"runDeca","parameters":{},"seeds":1}',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project.folder, name), text);
    const { code, out, info } = await call(...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(info).toMatch(message);
    expect(project.exists('dist')).toBe(false);
  });
});

describe('relu-lab sweep merge', () => {
  it('makes of shards the same bytes as of the whole, whatever the machine calls its shards', async () => {
    await call('run', 'decay.ts', '--out', 'out', '--quiet');
    await call('run', 'decay.ts', '--shard', '1/2', '--out', 'one', '--quiet');
    const half = await call('merge', 'all', 'one');
    expect(half).toMatchObject({ code: 1, out: expect.stringMatching(/^Missing {5}4$/m) as string });
    const slurm = { SLURM_ARRAY_TASK_ID: '2', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_COUNT: '2' };
    const auto = await project.run(['sweep', 'run', 'decay.ts', '--shard', 'auto'], { environment: slurm });
    expect(auto.out).toBe('4 of 4 jobs done\nRows: dist/sweeps/decay-shard-2-of-2/runs.parquet\n');
    const merged = await call('merge', 'all', 'one', 'dist/sweeps/decay-shard-2-of-2', '--json');
    expect(merged.code).toBe(0);
    expect(JSON.parse(merged.out)).toMatchObject({ total: 8, done: 8, missing: 0, shard: null });
    expect(readFileSync(join(project.folder, 'all/runs.parquet'))).toEqual(
      readFileSync(join(project.folder, 'out/runs.parquet')),
    );
  });

  it('refuses shards of different sweeps', async () => {
    await call('run', 'decay.ts', '--shard', '1/2', '--out', 'one', '--quiet');
    await call('run', 'decay.ts', '--seeds', '3', '--shard', '2/2', '--out', 'two', '--quiet');
    expect(await call('merge', 'all', 'one', 'two')).toMatchObject({
      code: 2,
      info: expect.stringMatching(/two belongs to another specification \(seeds: 1, 2, 3 there, 1, 2 here\)/) as string,
    });
  });
});
