import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { experiment } from '@relu-lab/sweep';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Figure } from '../figures/figure.ts';
import { type Study, defineStudy } from '../study.ts';
import { type BuildReportOptions, type ReportBuild, buildReport } from './build-report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relu-lab-build-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** An experiment that notes each call in a file, and fails as long as a file says so. */
const code = `
import { appendFileSync, existsSync } from 'node:fs';
export function count({ folder }, seed) {
  appendFileSync(folder + '/calls', seed + '\\n');
  if (seed === 1002 && existsSync(folder + '/fail')) throw new Error('boom');
  return [{ seed, square: seed * seed }];
}
`;

const figure: Figure = {
  data: [{ type: 'scatter', x: [1], y: [1] }],
  layout: {},
  caption: 'Caption.',
  alt: 'Words.',
  table: [{ x: 1 }],
};

function study(figures: Study['figures'] = () => ({ 'fig-a': () => figure })): Study {
  const file = join(folder, 'experiment.mjs');
  if (!existsSync(file)) writeFileSync(file, code);
  const count = experiment<{ folder: string }>(pathToFileURL(file).href, 'count');
  return defineStudy({
    id: 'counting',
    title: 'Counting',
    parameters: z.object({ seeds: z.int().default(4) }),
    profiles: { quick: {}, full: {} },
    run: ({ parameters, sweep }) => sweep(count, [{ folder }], { seeds: parameters.seeds }) as Promise<unknown>,
    claims: () => [],
    figures,
    tables: () => ({}),
    prose: { markdown: 'Seeds: {{ parameters.seeds }}' },
  });
}

const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').sort();
const out = (): string => join(folder, 'out');
const build = (given: Study = study(), options: Partial<BuildReportOptions> = {}): Promise<ReportBuild> =>
  buildReport(given, { folder: out(), workers: 2, ...options });

describe('buildReport', () => {
  it('writes the report, and leaves no runs behind', async () => {
    const outcome = await build();
    expect(outcome).toMatchObject({ status: 'completed', files: { html: join(out(), 'report.html') } });
    expect(calls()).toEqual(['1000', '1001', '1002', '1003']);
    expect(readFileSync(join(out(), 'report.md'), 'utf8')).not.toContain('taken over');
    expect(existsSync(join(out(), 'runs.jsonl'))).toBe(false);
    expect(readFileSync(join(out(), 'report.md'), 'utf8')).toContain('Seeds: 4');
  });

  it('takes a folder relative to the working directory, and leaves what else is in it', async () => {
    mkdirSync(out());
    writeFileSync(join(out(), 'mine.txt'), '');
    const outcome = await build(study(), { folder: relative(process.cwd(), out()) });
    expect(outcome.status).toBe('completed');
    expect(readdirSync(out()).sort()).toEqual([
      'data',
      'figures',
      'mine.txt',
      'report.html',
      'report.json',
      'report.md',
    ]);
  });

  it('refuses a folder in which another build goes on, and leaves that one alone', async () => {
    let second: Promise<ReportBuild> | undefined;
    const waiting = {
      ...study(),
      run: async (context: Parameters<Study['run']>[0]) => {
        second = build();
        await second.catch(() => undefined);
        return study().run(context);
      },
    };
    expect(await build(waiting)).toMatchObject({ status: 'completed' });
    await expect(second).rejects.toThrow(/out is in use: this very process builds a report there, since /);
    expect(calls()).toHaveLength(4);
    expect(existsSync(join(out(), 'lock'))).toBe(false);
    expect(await build()).toMatchObject({ status: 'completed' });
  });

  it('keeps the runs of two modules apart, and leaves neither behind', async () => {
    const other = join(folder, 'other.mjs');
    writeFileSync(other, code);
    const twice = study();
    const both: Study = {
      ...twice,
      run: async (context) => {
        await twice.run(context);
        const again = experiment<{ folder: string }>(pathToFileURL(other).href, 'count');
        return context.sweep(again, [{ folder }], { seeds: [1002, 2000] });
      },
    };
    writeFileSync(join(folder, 'fail'), '');
    expect(await build(both, { parameters: { seeds: 2 } })).toMatchObject({ status: 'failed', finishedRuns: 3 });
    expect(existsSync(join(out(), 'runs-2', 'runs.jsonl'))).toBe(true);
    rmSync(join(folder, 'fail'));
    rmSync(join(folder, 'calls'));
    expect(await build(both, { parameters: { seeds: 2 } })).toMatchObject({ status: 'completed' });
    expect(calls()).toEqual(['1002']);
    expect(readdirSync(out()).sort()).toEqual(['data', 'figures', 'report.html', 'report.json', 'report.md']);
  });

  it('keeps what was finished when a run fails, and runs the rest alone the next time', async () => {
    writeFileSync(join(folder, 'fail'), '');
    const failed = await build();
    expect(failed).toMatchObject({ status: 'failed', finishedRuns: 3, runsFile: join(out(), 'runs.jsonl') });
    expect(existsSync(join(out(), 'report.html'))).toBe(false);

    rmSync(join(folder, 'fail'));
    rmSync(join(folder, 'calls'));
    const notices: string[] = [];
    const outcome = await build(study(), { onNotice: (notice) => notices.push(notice) });
    expect(outcome.status).toBe('completed');
    expect(calls()).toEqual(['1002']);
    expect(notices).toEqual(['Continuing: 3 finished runs are there already.']);
    expect(existsSync(join(out(), 'runs.jsonl'))).toBe(false);
    expect(readFileSync(join(out(), 'data', 'runs.csv'), 'utf8')).toBe(
      'seed,square\n1000,1000000\n1001,1002001\n1002,1004004\n1003,1006009\n',
    );
    expect(readFileSync(join(out(), 'report.md'), 'utf8')).toMatch(
      /UTC in .* s, without the time of 3 finished runs taken over from an interrupted build/,
    );
  });

  it('runs everything again on other kernels, whose rows are others', async () => {
    const notices: string[] = [];
    await build(study(), { keepRuns: true });
    vi.stubEnv('RELU_LAB_BACKEND', 'reference');
    rmSync(join(folder, 'calls'));
    await build(study(), { keepRuns: true, onNotice: (notice) => notices.push(notice) });
    expect(calls()).toHaveLength(4);
    expect(notices).toEqual(['Code or kernels have changed since the last build: its finished runs are run again.']);
    expect(readFileSync(join(out(), 'report.md'), 'utf8')).toContain('reference javascript');
    await build(study(), { onNotice: (notice) => notices.push(notice) });
    expect(notices.at(-1)).toBe('Continuing: 4 finished runs are there already.');
  });

  it('runs everything again when the code of the experiment has changed', async () => {
    writeFileSync(join(folder, 'fail'), '');
    await build();
    rmSync(join(folder, 'fail'));
    rmSync(join(folder, 'calls'));
    writeFileSync(join(folder, 'experiment.mjs'), `${code}// changed`);
    const notices: string[] = [];
    await build(study(), { onNotice: (notice) => notices.push(notice) });
    expect(calls()).toHaveLength(4);
    expect(notices).toEqual([expect.stringMatching(/^Code or kernels have changed/) as string]);
  });

  it('keeps the runs when a figure fails, so that mending it costs no run', async () => {
    const broken = await build(
      study(() => ({
        'fig-a': () => {
          throw new Error('boom');
        },
      })),
    );
    expect(broken).toMatchObject({ status: 'completed', built: { problems: [{ place: 'fig-a', message: 'boom' }] } });
    expect(readFileSync(join(out(), 'report.html'), 'utf8')).toContain('boom');
    rmSync(join(folder, 'calls'));
    expect(await build()).toMatchObject({ status: 'completed', built: { problems: [] } });
    expect(existsSync(join(folder, 'calls'))).toBe(false);
    expect(existsSync(join(out(), 'runs.jsonl'))).toBe(false);
  });

  it('can be stopped, keeps what was finished, and leaves no page behind', async () => {
    const controller = new AbortController();
    const outcome = await build(study(), {
      workers: 1,
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 2) controller.abort();
      },
    });
    expect(outcome).toMatchObject({ status: 'aborted', error: { name: 'BuildAbortedError' } });
    if (outcome.status === 'aborted') expect(outcome.finishedRuns).toBeGreaterThanOrEqual(2);
    expect(existsSync(join(out(), 'report.html'))).toBe(false);
    expect(existsSync(join(out(), 'runs.jsonl'))).toBe(true);
  });

  it('computes nothing when the folder cannot be written, or a parameter is wrong', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'file'), '');
    await expect(build(study(), { folder: join(folder, 'file', 'out') })).rejects.toThrow(/cannot be written/);
    await expect(build(study(), { parameters: { sedes: 1 } })).rejects.toThrow(/did you mean 'seeds'/);
    await expect(build(study(), { parameters: { seeds: 1001 } })).rejects.toThrow(/from 1 to 1000, not 1001/);
    await expect(build(study(), { seed: 1e15 })).rejects.toThrow(/from 0 to 9007199254739, not 1000000000000000/);
    await expect(build(study(), { workers: 0 })).rejects.toThrow(/workers must be a positive integer/);
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });

  it('says the command that makes the report again', async () => {
    const outcome = await build(study(), { target: './my-study.ts', parameters: { seeds: 2 }, seed: 3 });
    if (outcome.status !== 'completed') throw outcome.error;
    expect(outcome.built.report.provenance.command).toBe(
      'relu-lab report build ./my-study.ts --profile quick --seed 3 --set seeds=2',
    );
  });
});
