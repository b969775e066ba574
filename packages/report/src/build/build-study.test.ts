import { type ExperimentReference, type Row, type SweepProgress, experiment, workerPool } from '@relu-lab/sweep';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import bumps, { type BumpCondition, bumpExperiment } from '../../test/studies/bumps.ts';
import { allClaims } from '../claims/all-claims.ts';
import type { Claim } from '../claims/claim.ts';
import { greaterThan } from '../claims/rules.ts';
import { SweepFailedError } from '../errors.ts';
import type { Figure } from '../figures/figure.ts';
import { toJson } from '../json.ts';
import { parseReport } from '../read/read-report.ts';
import { type Study, defineStudy } from '../study.ts';
import { type BuiltReport, buildStudy } from './build-study.ts';
import { runMemory } from './run-memory.ts';

const figure: Figure = {
  data: [{ type: 'scatter', x: Float64Array.of(1, 2), y: [NaN, Infinity] }],
  layout: {},
  caption: 'Caption.',
  alt: 'Words.',
  table: [{ x: 1, y: NaN }],
};

/** A study without runs, changed in one part. */
function study(change: Partial<Study>): Study {
  return defineStudy({
    id: 'tiny',
    title: 'Tiny',
    parameters: z.object({ seeds: z.int().default(2) }),
    profiles: { quick: {}, full: { seeds: 5 } },
    run: () => null as unknown,
    claims: () => [],
    figures: () => ({}),
    tables: () => ({}),
    prose: { markdown: '' },
    ...change,
  });
}

function claimOf(id: string, estimate: number): Claim {
  const measurement = { estimate, interval: [estimate, estimate] as const, seeds: 2 };
  return { id, text: 'More.', prediction: null, measurement, rule: greaterThan(1.5), expected: 'supported' };
}

const withoutProvenance = ({ report }: BuiltReport): string => JSON.stringify(toJson({ ...report, provenance: null }));

describe('buildStudy', () => {
  let built: BuiltReport;
  beforeAll(async () => {
    built = await buildStudy(bumps);
  }, 60_000);

  it('gives claims with verdicts, figures, tables and provenance', () => {
    const { report, json, problems, unexpected } = built;
    expect(problems).toEqual([]);
    expect(unexpected).toEqual([]);
    expect(report.claims.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['selu-is-high', 'supported'],
      ['relu-is-high', 'refuted'],
      ['tanh-agrees', 'only-if'],
      ['nobody-knows', 'inconclusive'],
    ]);
    expect(json).toMatchObject({
      schema: 1,
      study: { id: 'bumps' },
      profile: 'quick',
      seed: 1,
      parameters: { seeds: 3, draws: 64 },
      provenance: {
        node: process.version,
        workers: 1,
        command: 'relu-lab report build bumps --profile quick --seed 1',
      },
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it('measures what the definition of the study says', () => {
    // The mean of 64 numbers with deviation 0.2 around 0.7: within 0.7 ± 5 standard errors for every seed.
    const { estimate, interval } = built.report.claims[0]?.measurement ?? { estimate: NaN, interval: [NaN, NaN] };
    const reach = (5 * 0.2) / Math.sqrt(64);
    for (const x of [estimate, ...(interval ?? [])]) expect(Math.abs(x - 0.7)).toBeLessThan(reach);
  });

  it('is the same byte by byte for the same seed, and another for another one', async () => {
    expect(withoutProvenance(await buildStudy(bumps))).toBe(withoutProvenance(built));
    expect(withoutProvenance(await buildStudy(bumps, { seed: 2 }))).not.toBe(withoutProvenance(built));
  });

  it('keeps all rows of a table in a file that pages do not show whole', async () => {
    const tables = (count: number): Study['tables'] => {
      const rows = Array.from({ length: count }, (_, n) => ({ n, half: n / 2 }));
      return () => ({ 'tbl-n': () => ({ columns: [{ key: 'n', label: 'n' }], rows, caption: 'Numbers.' }) });
    };
    expect((await buildStudy(study({ tables: tables(500) }))).assets).toEqual({});
    const long = await buildStudy(study({ tables: tables(700) }));
    expect(long.assets['data/tbl-n.csv']?.split('\n').slice(0, 3)).toEqual(['n,half', '0,0', '1,0.5']);
    expect(long.assets['data/tbl-n.csv']?.trim().split('\n')).toHaveLength(701);
    expect(long.markdown.match(/^\| +\d+ \|$/gm)).toHaveLength(500);
    expect(long.markdown).toContain('The first 500 of 700 rows; all of them: [data/tbl-n.csv](data/tbl-n.csv)');
    expect(long.report.tables[0]?.rows).toHaveLength(700);
  });

  it('with a memory computes only what code, parameters, profile or seed have changed, and has the rows of sweeps all the same', async () => {
    let code = 'one';
    let runs = 0;
    const memory = runMemory(() => code);
    const counted = { ...bumps, run: (context: Parameters<typeof bumps.run>[0]) => ((runs += 1), bumps.run(context)) };
    const build = async (options: Parameters<typeof buildStudy>[1]): Promise<BuiltReport> =>
      buildStudy({ ...counted, prose: { markdown: `Prose ${runs}.` } } as Study, { memory, ...options });
    const first = await build({});
    const again = await build({});
    expect(runs).toBe(1);
    expect(again.html).toContain('Prose 1.');
    expect(again.assets).toEqual(first.assets);
    expect(again.report.claims).toEqual(first.report.claims);
    for (const options of [{ seed: 2 }, { seed: 2, profile: 'full' }, { parameters: { draws: 32 } }] as const) {
      const before = runs;
      await build(options);
      await build(options);
      expect(runs).toBe(before + 1);
    }
    code = 'two';
    await build({ parameters: { draws: 32 } });
    expect(runs).toBe(5);
  });

  it('keeps what the clock said in the provenance', () => {
    const { clock, ...rest } = built.report.provenance;
    expect(clock.figures.map(({ id }) => id)).toEqual(['fig-cost']);
    expect(built.report.figures.map(({ id }) => id)).toEqual(['fig-layers', 'fig-bars', 'fig-points', 'fig-grid']);
    expect(rest.seconds).toBeGreaterThan(0);
    expect(Object.keys(built.assets).filter((path) => path.startsWith('data/'))).toEqual([
      'data/runs.csv',
      'data/fig-layers.csv',
      'data/fig-bars.csv',
      'data/fig-points.csv',
      'data/fig-grid.csv',
      'data/clock/runs.csv',
      'data/clock/fig-cost.csv',
    ]);
    expect(built.html).toContain('Measured by the clock on this machine');
  });

  it('keeps claims about the clock apart, and treats them as the others', async () => {
    const timed = study({
      claims: () => [claimOf('steady', 2)],
      timings: () => ({
        claims: [
          { ...claimOf('slow', 1), measurement: { estimate: 1, interval: [1, 1], seeds: 7, per: 'round' } },
          claimOf('steady', 3),
        ],
      }),
      prose: { markdown: 'It took {{ claims.slow.measurement.estimate }} s.' },
    });
    const { report, json, html, markdown, problems, unexpected } = await buildStudy(timed);
    expect(report.claims.map(({ id }) => id)).toEqual(['steady']);
    expect(allClaims(report).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['steady', 'supported'],
      ['slow', 'refuted'],
    ]);
    expect(unexpected.map(({ id }) => id)).toEqual(['slow']);
    expect(allClaims(parseReport(JSON.stringify(json)))).toEqual(allClaims(report));
    expect(markdown).toContain('1 (1 to 1, 7 rounds)');
    expect(html).toContain('It took 1 s.');
    expect(problems).toEqual([{ place: 'claim steady', message: "Two claims have the id 'steady'" }]);
  });

  it('has the rows of all runs beside it, from which every interval can be computed again', () => {
    const lines = (built.assets['data/runs.csv'] ?? '').trimEnd().split('\n');
    expect(lines[0]).toBe('activation,seed,layer,mean');
    expect(lines).toHaveLength(1 + 8 * 3 * 3);
    const means = lines
      .map((line) => line.split(','))
      .filter(([activation, , layer]) => activation === 'selu' && layer === '1')
      .map(([, seed, , mean]) => ({ seed, mean: Number(mean) }));
    expect(means.map(({ seed }) => seed)).toEqual(['1000', '1001', '1002']);
    const sorted = means.map(({ mean }) => mean).sort((a, b) => a - b);
    expect(built.report.claims[0]?.measurement).toMatchObject({
      estimate: sorted[1],
      interval: [sorted[0], sorted[2]],
    });
    expect(built.assets['data/clock/runs.csv']).toMatch(/^activation,seed,seconds\nrelu,1000,/);
    expect(built.report.provenance.runs).toEqual({ rows: 72, timings: 24, takenOver: 0 });
    expect(built.html).toContain('<dt>Rows of all runs (72 rows)</dt><dd><a href="data/runs.csv" download>');
    expect(built.html).toContain('<a href="data/clock/runs.csv" download>');
    expect(built.markdown).toContain('[data/runs.csv](data/runs.csv)');
  });

  it('puts the rows of all sweeps together, in the order of the jobs, under the columns of all', async () => {
    const condition = { activation: 'relu', center: 0.5, draws: 4 };
    const { assets } = await buildStudy(
      study({
        run: async ({ sweep }) =>
          Promise.all([7, 5].map((seed) => sweep(bumpExperiment, [{ ...condition, draws: seed }], { seeds: [seed] }))),
      }),
    );
    const seeds = (assets['data/runs.csv'] ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',')[1]);
    expect(seeds).toEqual(['seed', '7', '7', '7', '5', '5', '5']);
    expect(Object.keys((await buildStudy(study({}))).assets)).toEqual([]);
  });

  it('numbers figures as they stand in the page', () => {
    const numbers = [...built.report.figures, ...built.report.provenance.clock.figures].map(({ id, number }) => [
      id,
      number,
    ]);
    expect(Object.fromEntries(numbers)).toEqual({
      'fig-layers': 1,
      'fig-cost': 2,
      'fig-bars': 3,
      'fig-points': 4,
      'fig-grid': 5,
    });
  });

  it('reports progress of every run', async () => {
    const seen: SweepProgress[] = [];
    await buildStudy(bumps, { parameters: { seeds: 1 }, onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ done: 8, total: 8, fraction: 1 });
  });

  it('takes profile, parameters and seed, and refuses what they cannot be', async () => {
    const full = await buildStudy(study({}), { profile: 'full', parameters: { seeds: 7 }, seed: 9 });
    expect(full.report).toMatchObject({ profile: 'full', seed: 9, parameters: { seeds: 7 } });
    expect(full.report.provenance.command).toBe('relu-lab report build tiny --profile full --seed 9 --set seeds=7');
    await expect(buildStudy(bumps, { parameters: { sedes: 1 } })).rejects.toThrow("did you mean 'seeds'");
    await expect(buildStudy(bumps, { seed: -1 })).rejects.toThrow(
      'A seed is a whole number from 0 to 9007199254739, not -1',
    );
    await expect(buildStudy(bumps, { profile: 'slow' as 'full' })).rejects.toThrow("quick or full, not 'slow'");
    await expect(buildStudy(study({ prose: new URL('file:///nowhere/study.md') }))).rejects.toThrow(
      /prose of the study 'tiny' cannot be read/,
    );
  });

  it('keeps NaN and infinities in JSON, in CSV and in the page', async () => {
    const { json, assets, html, report } = await buildStudy(study({ figures: () => ({ 'fig-a': () => figure }) }));
    expect(json.figures[0]?.traces).toEqual([{ type: 'scatter', x: [1, 2], y: ['NaN', 'Infinity'] }]);
    expect(json.figures[0]?.rows).toEqual([{ x: 1, y: 'NaN' }]);
    expect(report.figures[0]?.rows).toEqual([{ x: 1, y: NaN }]);
    expect(assets['data/fig-a.csv']).toBe('x,y\n1,NaN\n');
    expect(html).toContain('"y":[null,null]');
  });

  it('shows a figure that throws as a box in its place, and everything else', async () => {
    const { html, markdown, problems, report } = await buildStudy(
      study({
        figures: () => ({
          'fig-a': () => figure,
          'fig-boom': () => {
            throw new Error('boom <b>');
          },
          'fig-mute': () => ({ ...figure, alt: '' }),
          'fig-apart': () => ({ ...figure, data: [] }),
        }),
        prose: { markdown: '@fig-boom\n\n::: figure fig-boom\n::: figure fig-mute\n::: figure fig-none\n' },
      }),
    );
    expect(problems).toEqual([
      { place: 'fig-boom', message: 'boom <b>' },
      { place: 'fig-mute', message: 'A figure needs an alternative text (alt)' },
      { place: 'fig-apart', message: 'A figure needs at least one trace' },
      { place: 'prose:5', message: expect.stringMatching(/no figure 'fig-none'/) as string },
    ]);
    expect(report.figures.map(({ id, number }) => [id, number])).toEqual([['fig-a', 1]]);
    expect(html).toContain('<div class="problem"><strong>fig-boom</strong> boom &lt;b&gt;</div>');
    expect(html.match(/<div class="problem">/g)).toHaveLength(4);
    expect(markdown).toContain('**⚠ fig-boom: boom \\<b\\>**');
  });

  it('survives claims, figures and tables that throw as a whole', async () => {
    const fail = (): never => {
      throw new Error('all is lost');
    };
    const { problems, html } = await buildStudy(study({ claims: fail, figures: fail, tables: fail, timings: fail }));
    expect(problems.map(({ place }) => place)).toEqual(['claims', 'figures', 'tables', 'timings']);
    expect(html).toContain('This report has 4 problems');
  });

  it('reports claims that cannot be right, and keeps the others', async () => {
    const claim: Claim = {
      id: 'selu-is-high',
      text: 'SELU is high.',
      prediction: null,
      measurement: { estimate: 1, interval: [0, 2], seeds: 3 },
      rule: greaterThan(0.5),
    };
    const { report, problems } = await buildStudy(
      study({ claims: () => [claim, claim, { ...claim, id: 'other', evidence: 'fig-nowhere' }] }),
    );
    expect(report.claims.map(({ id }) => id)).toEqual(['selu-is-high', 'other']);
    expect(problems.map(({ message }) => message)).toEqual([
      "Two claims have the id 'selu-is-high'",
      "its evidence 'fig-nowhere' is neither a figure nor a table of the study",
    ]);
  });

  it('names claims whose verdict is not the expected one', async () => {
    const { unexpected } = await buildStudy(bumps, { parameters: { centers: [0, 0, 0, 0, 0, 0, 0, 0] } });
    expect(unexpected.map(({ id, verdict, expected }) => [id, verdict, expected])).toEqual([
      ['selu-is-high', 'refuted', 'supported'],
    ]);
  });

  it('rejects with the first failed run, by name', async () => {
    const failing = study({
      run: ({ sweep }) =>
        sweep(bumpExperiment, [{ activation: 'relu', center: 0, draws: 1, failsWith: 1001 }], {
          seeds: 3,
          label: (_condition: BumpCondition, seed: number) => `number ${seed}`,
        }),
    });
    const error: unknown = await buildStudy(failing).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SweepFailedError);
    expect(String(error)).toBe(
      'SweepFailedError: 1 of 3 runs failed. The first, number 1001: Error: no luck with seed 1001',
    );
  });

  it('says where an experiment should be that is not there', async () => {
    const missing: ExperimentReference<BumpCondition> = experiment(bumpExperiment.module, 'bmup');
    const lost = study({
      run: ({ sweep }) => sweep(missing, [{ activation: 'relu', center: 0, draws: 1 }], { seeds: 1 }),
    });
    await expect(buildStudy(lost)).rejects.toThrow(/exports no function 'bmup'; it exports .*bump/);
  });

  it('stops when it is told to, before and during the runs', async () => {
    await expect(buildStudy(bumps, { signal: AbortSignal.abort() })).rejects.toThrow('The build was stopped');
    const controller = new AbortController();
    const stopping = buildStudy(bumps, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done === 2) controller.abort();
      },
    });
    await expect(stopping).rejects.toMatchObject({ name: 'BuildAbortedError' });
  });

  it('lets sweeps that are started together take turns', async () => {
    const condition = { activation: 'relu', center: 0.5, draws: 4 };
    const twice = study({
      run: async ({ sweep }) =>
        Promise.all([1, 2].map((draws) => sweep(bumpExperiment, [{ ...condition, draws }], { seeds: [draws] }))),
      tables: ({ result }) => ({
        'tbl-rows': () => ({
          columns: [{ key: 'seed', label: 'Seed' }],
          rows: (result as { rows: readonly Row[] }[]).flatMap(({ rows }) => rows),
          caption: 'Rows.',
        }),
      }),
    });
    const { report } = await buildStudy(twice);
    expect(report.tables[0]?.rows.map((row) => row['seed'])).toEqual([1, 1, 1, 2, 2, 2]);
  });
});

describe('buildStudy over workers', () => {
  const executor = workerPool({ workers: 2 });
  afterAll(() => executor.close());

  it('gives the same report as in one process', async () => {
    // Workers read built code, so the experiment is loaded as they load it: from the study's file.
    const inOne = await buildStudy(bumps);
    const inTwo = await buildStudy(bumps, { executor, workers: 2 });
    expect(withoutProvenance(inTwo)).toBe(withoutProvenance(inOne));
    expect(inTwo.report.provenance.workers).toBe(2);
  });
});
