import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Job, type JobOutcome, createJobs, experiment, workerPool } from '../src/index.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A user's project: TypeScript that no tool has touched, and packages linked as npm links workspaces. */
const files = {
  'packages/units/package.json': JSON.stringify({
    name: '@lab/units',
    type: 'module',
    exports: { '.': { '@relu-lab/source': './src/index.ts', default: './dist/index.js' } },
  }),
  'packages/units/src/index.ts': 'throw new Error("sources are not for workers");',
  'packages/units/dist/index.js': `
    globalThis.unitsLoaded = (globalThis.unitsLoaded ?? 0) + 1;
    export const token = {};
    export const loaded = () => globalThis.unitsLoaded;
    export const frame = new Error().stack.split('\\n')[1].trim();`,
  'packages/layers/package.json': JSON.stringify({ name: '@lab/layers', type: 'module', exports: './dist/index.js' }),
  'packages/layers/dist/index.js': `export { token } from '@lab/units';`,
  'package.json': JSON.stringify({ private: true, type: 'module' }),
  'scale.ts': 'export const scale: number = await Promise.resolve(10);',
  'study.ts': `
    import { frame, loaded, token } from '@lab/units';
    import { token as fromLayers } from '@lab/layers';
    import { scale } from './scale.ts';
    enum Factor { Three = 3 }
    interface Parameters { readonly width: number }
    export function scaled({ width }: Parameters, seed: number): object[] {
      return [{ value: width * scale * Factor.Three + seed, module: import.meta.url }];
    }
    export async function instances(): Promise<object[]> {
      const native = await import('./native.mjs');
      return [{ sameInLayers: token === fromLayers, sameInJavaScript: token === native.token, loaded: loaded(), frame }];
    }`,
  'native.mjs': `
    import { loaded, token } from '@lab/units';
    export { token };
    export const instances = () => [{ loaded: loaded() }];`,
  'broken.ts': 'export const run = ( => 1;',
};

let project: string;
beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
  mkdirSync(join(project, 'node_modules', '@lab'), { recursive: true });
  for (const name of ['units', 'layers'])
    symlinkSync(join(project, 'packages', name), join(project, 'node_modules', '@lab', name));
});
afterAll(() => rmSync(project, { recursive: true }));

const pool = workerPool({ workers: 1 });
afterAll(() => pool.close());

async function outcomeOf([job]: readonly Job[]): Promise<JobOutcome | undefined> {
  const outcomes: JobOutcome[] = [];
  await pool.run(job ? [job] : [], (outcome) => outcomes.push(outcome));
  return outcomes[0];
}

const reference = (file: string, name: string) => experiment<object>(pathToFileURL(join(project, file)).href, name);

describe('an experiment in a user’s TypeScript file', () => {
  it('runs in a worker as it stands, enums, top-level await and imports of its own included', async () => {
    expect(await outcomeOf(createJobs(reference('study.ts', 'scaled'), [{ width: 2 }], [5]))).toMatchObject({
      status: 'completed',
      rows: [{ value: 2 * 10 * 3 + 5, module: pathToFileURL(join(project, 'study.ts')).href }],
    });
  });

  it('shares packages with JavaScript and with each other, built and untransformed', async () => {
    expect(await outcomeOf(createJobs(reference('study.ts', 'instances'), [{}], [0]))).toMatchObject({
      rows: [
        {
          sameInLayers: true,
          sameInJavaScript: true,
          loaded: 1,
          // The line and column of the file as it was written, at its URL: nobody has rewritten it.
          frame: `at ${pathToFileURL(join(project, 'packages/units/dist/index.js')).href}:5:26`,
        },
      ],
    });
    expect(await outcomeOf(createJobs(reference('native.mjs', 'instances'), [{}], [0]))).toMatchObject({
      rows: [{ loaded: 1 }],
    });
  });

  it('fails with the place of a syntax error', async () => {
    expect(await outcomeOf(createJobs(reference('broken.ts', 'run'), [{}], [0]))).toMatchObject({
      status: 'failed',
      error: { name: 'ExperimentError', message: expect.stringContaining('broken.ts') },
    });
  });

  it('runs the same in process, in plain Node and with the built package', () => {
    const program = `
      import { createJobs, experiment, inProcess, runSweep, workerPool } from '@relu-lab/sweep';
      const jobs = createJobs(experiment(process.argv[1], 'scaled'), [{ width: 2 }], [5, 6]);
      for (const executor of [inProcess(), workerPool({ workers: 2 })]) {
        const { status, results } = await runSweep({ jobs, executor });
        console.log(status, results.flatMap(({ rows }) => rows.map(({ value }) => value)).join());
      }`;
    const here = dirname(fileURLToPath(import.meta.url));
    const module = pathToFileURL(join(project, 'study.ts')).href;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program, module], { cwd: here });
    expect(output.toString()).toBe('completed 65,66\ncompleted 65,66\n');
  });
});
