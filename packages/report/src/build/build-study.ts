import { createHash } from 'node:crypto';
import { ParameterError } from '@relu-lab/core';
import { type Row, type SweepExecutor, type SweepProgress, inProcess } from '@relu-lab/sweep';
import { allClaims } from '../claims/all-claims.ts';
import type { DecidedClaim } from '../claims/decide-claim.ts';
import { isUnexpected } from '../claims/decide-claim.ts';
import { toCsv } from '../csv.ts';
import { BuildAbortedError } from '../errors.ts';
import { renderHtml } from '../html/page.ts';
import { plotlyBundle } from '../html/plotly-bundle.ts';
import { type ReportJson, plainData, toJson } from '../json.ts';
import { renderMarkdown } from '../markdown/page.ts';
import { type Profile, profiles } from '../profile.ts';
import { arrange } from '../prose/arrange.ts';
import { prosePieces } from '../prose/pieces.ts';
import { planPage } from '../page-plan.ts';
import type { Problem, Report, ReportFigure, ReportTable } from '../report.ts';
import { clockRunsFile, runsFile } from '../provenance-text.ts';
import { drawPictures, pictureFiles } from '../static-figure/picture.ts';
import { type Study, type SweepRows, defineStudy } from '../study.ts';
import { tableRowsShown } from '../tables/table.ts';
import { buildCommand } from './build-command.ts';
import { type Collected, collect } from './collect.ts';
import { resolveParameters } from './parameters.ts';
import { readProse } from './prose-source.ts';
import { checkSeed } from './seeds.ts';
import { surroundings } from './provenance.ts';
import type { Computed, RunMemory } from './run-memory.ts';
import { type StudyFile, placeOfStudy, readCode, readInputs, sourceOf } from './study-files.ts';
import { type EndedSweep, type RunStore, studySweep } from './study-sweep.ts';

/** Options of {@link buildStudy}. */
export interface BuildOptions {
  /** Parameters that differ from the profile's. Default: none. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Default `quick`. */
  readonly profile?: Profile;
  /** The only source of chance: a whole number from 0 to `largestSeed`. Default 1. */
  readonly seed?: number;
  /** Where the study's runs run. It stays open: whoever made it closes it. Default: in this process. */
  readonly executor?: SweepExecutor;
  /** How many runs the executor runs at a time, for the provenance. Default 1. */
  readonly workers?: number;
  /** Keeps finished runs, and gives those that it has. Default: nothing is kept. */
  readonly store?: RunStore;
  /** Keeps what `run` computes, so that a later build of the same code, parameters, profile and seed does not. Default: none. */
  readonly memory?: RunMemory;
  /** Stops the build. */
  readonly signal?: AbortSignal;
  /** Called while the study runs. */
  readonly onProgress?: (progress: SweepProgress) => void;
  /**
   * The file that defines the study: its code, and what that imports from its folder and the one above, stand in the report, and commit and versions
   * are those of its folder. Default: `bumps.ts` beside the prose `bumps.md`, where there is one.
   */
  readonly file?: string;
  /** The command that makes the report again, for the provenance. Default: `relu-lab report build` with these options. */
  readonly command?: string;
}

/** A report in memory. */
export interface BuiltReport {
  readonly report: Report;
  /** The content of `report.json`. */
  readonly json: ReportJson;
  /** The page: one file that needs nothing else. */
  readonly html: string;
  readonly markdown: string;
  /** The other files by path, such as `data/fig-accuracy.csv` and `figures/fig-accuracy-light.svg`. */
  readonly assets: Readonly<Record<string, string>>;
  /** What went wrong; the page shows it in its place. A report that has any is not one to hand out. */
  readonly problems: readonly Problem[];
  /** What is defined and never spoken of, by file and line: worth a look, and no reason to fail. */
  readonly notices: readonly Problem[];
  /** Claims whose verdict is not the expected one. */
  readonly unexpected: readonly DecidedClaim[];
}

/**
 * Runs a study and makes its report, in memory. For the same study, parameters, profile and seed everything but the
 * provenance is the same, byte by byte.
 *
 * @throws ParameterError when the study, its parameters, profile or seed are not right, or its prose, code or inputs cannot be read; DataError when
 *   parameters are no plain data.
 * @throws SweepFailedError when a run failed, BuildAbortedError when `signal` aborts, and whatever else the study's
 *   `run` throws. What claims, figures, tables and prose do wrong is a problem in the report.
 */
export async function buildStudy(study: Study, options: BuildOptions = {}): Promise<BuiltReport> {
  const { profile = 'quick', seed = 1, signal = new AbortController().signal, onProgress = () => undefined } = options;
  const startedAt = performance.now();
  if (!profiles.includes(profile)) {
    throw new ParameterError(`The profile is ${profiles.join(' or ')}, not '${String(profile)}'`);
  }
  checkSeed(seed);
  defineStudy(study);
  const parameters = resolveParameters(study, profile, options.parameters);
  plainData(parameters, 'parameters');
  const place = placeOfStudy(study, options.file);
  const code = readCode(place);
  const source = sourceOf(code);
  const [{ prose, files }, inputs] = await Promise.all([readProse(study, place.folder), readInputs(study, place)]);

  const compute = (): Promise<Computed> => runStudy(study, parameters, { ...options, seed, signal, onProgress });
  const { result, sweeps } = await (options.memory?.recall({ profile, seed, parameters }, compute) ?? compute());
  const runs = { rows: sweeps.flatMap(({ rows }) => rows), timings: sweeps.flatMap(({ timings }) => timings) };
  const collected = collect(study, { parameters, seed, profile, result }, place);

  const content = { study, profile, seed, parameters, prose, ...(source && { source }) };
  const undrawn = assemble(content, collected, {
    date: new Date().toISOString(),
    seconds: (performance.now() - startedAt) / 1000,
    command: options.command ?? buildCommand(study.id, { profile, seed, parameters: options.parameters ?? {} }),
    workers: options.workers ?? 1,
    runs: {
      rows: runs.rows.length,
      timings: runs.timings.length,
      takenOver: sweeps.reduce((sum, { takenOver }) => sum + takenOver, 0),
    },
    inputs: hashesOf([...code, ...files, ...inputs]),
    ...(await surroundings(place.folder)),
  });
  const drawing = drawPictures(undrawn);
  plotlyBundle(); // Packed while others draw.
  const { pictures, problems } = await drawing;
  const report = { ...undrawn, problems: [...undrawn.problems, ...problems] };
  return {
    report,
    json: toJson(report),
    html: renderHtml(report, pictures),
    markdown: renderMarkdown(report, pictures),
    assets: { ...dataFiles(report, runs), ...pictureFiles(report, pictures) },
    problems: report.problems,
    notices: planPage(report).notices,
    unexpected: allClaims(report).filter(isUnexpected),
  };
}

async function runStudy(
  study: Study,
  parameters: Record<string, unknown>,
  options: BuildOptions & Required<Pick<BuildOptions, 'seed' | 'signal' | 'onProgress'>>,
): Promise<Computed> {
  const { seed, signal, onProgress, store } = options;
  if (signal.aborted) throw new BuildAbortedError('The build was stopped');
  const executor = options.executor ?? inProcess();
  const sweeps: EndedSweep[] = [];
  const onEnd = (ended: EndedSweep): void => void sweeps.push(ended);
  const sweep = studySweep({ seed, executor, signal, onProgress, onEnd, ...(store && { store }) });
  try {
    return { result: await study.run({ parameters, seed, sweep, signal, onProgress }), sweeps };
  } catch (error) {
    if (signal.aborted && !(error instanceof BuildAbortedError)) {
      throw new BuildAbortedError('The build was stopped', { cause: error });
    }
    throw error;
  } finally {
    if (!options.executor) await executor.close();
  }
}

function assemble(
  content: Pick<Report, 'profile' | 'seed' | 'parameters' | 'prose' | 'source'> & { readonly study: Study },
  collected: Collected,
  provenance: Omit<Report['provenance'], 'clock'>,
): Report {
  const { study, prose, source, ...rest } = content;
  const pieces = prosePieces(prose.markdown);
  const ids = (...lists: readonly (readonly { readonly id: string }[])[]): string[] => lists.flat().map(({ id }) => id);
  const { numbers } = arrange(pieces, {
    figures: ids(collected.figures, collected.clockFigures),
    tables: ids(collected.tables, collected.clockTables),
  });
  const number = <Item extends { readonly id: string }>(item: Item): Item & { number: number } => ({
    number: Number(numbers.get(item.id) ?? 0),
    ...item,
  });
  const report: Report = {
    schema: 1,
    study: {
      id: study.id,
      title: study.title,
      ...(study.summary !== undefined && { summary: study.summary }),
      authors: study.authors ?? [],
    },
    ...rest,
    claims: collected.claims,
    figures: collected.figures.map(number),
    tables: collected.tables.map(number),
    references: study.references ?? {},
    prose,
    ...(source && { source }),
    problems: collected.problems,
    provenance: {
      ...provenance,
      clock: {
        ...(collected.clockClaims.length > 0 && { claims: collected.clockClaims }),
        figures: collected.clockFigures.map(number),
        tables: collected.clockTables.map(number),
      },
    },
  };
  return { ...report, problems: [...report.problems, ...planPage(report).prose.problems] };
}

/** What a reader can compare: the study's own files, as they lie on the disk. */
function hashesOf(files: readonly StudyFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    files.map(({ name, content }) => [name, createHash('sha256').update(content).digest('hex')]),
  );
}

/**
 * The rows of all runs, the numbers of each figure and the tables that pages do not show whole, each as a file; those of the clock in a
 * folder of their own.
 */
function dataFiles({ figures, tables, provenance }: Report, runs: SweepRows): Readonly<Record<string, string>> {
  const { clock } = provenance;
  const isLong = ({ rows }: ReportTable): boolean => rows.length > tableRowsShown;
  const files = (folder: string, list: readonly (ReportFigure | ReportTable)[]): [string, string][] =>
    list.map(({ id, rows }) => [`${folder}/${id}.csv`, toCsv(rows)]);
  const ofRuns = (path: string, rows: readonly Row[]): [string, string][] =>
    rows.length > 0 ? [[path, toCsv(rows)]] : [];
  return Object.fromEntries([
    ...ofRuns(runsFile, runs.rows),
    ...files('data', [...figures, ...tables.filter(isLong)]),
    ...ofRuns(clockRunsFile, runs.timings),
    ...files('data/clock', [...clock.figures, ...clock.tables.filter(isLong)]),
  ]);
}
