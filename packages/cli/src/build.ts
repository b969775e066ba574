import { dirname, join, resolve } from 'node:path';
import { DataError, ParameterError, ShapeError } from '@relu-lab/core';
import {
  type BuildReportOptions,
  type BuiltReport,
  type DecidedClaim,
  type Profile,
  type ReportBuild,
  OutputError,
  SweepFailedError,
  type Study,
  allClaims,
  buildReport,
  isContradiction,
  isUnexpected,
  largestSeed,
  measurementText,
  messageOf,
  parseAssignments,
  profiles,
  resolveParameters,
  thrownAt,
  verdictCounts,
  verdictSigns,
} from '@relu-lab/report';
import { SweepError } from '@relu-lab/sweep';
import { FailureError, UsageError } from './errors.ts';
import { exitCodes } from './exit-codes.ts';
import { type FoundStudy, findStudy, projectRoot, projectStudies } from './find-studies.ts';
import { type Interrupts, listenForInterrupts } from './interrupts.ts';
import { loadStudy } from './load-study.ts';
import { writeIndex } from './reports/write-index.ts';
import { progressDisplay } from './progress-display.ts';
import { printable } from './progress-text.ts';
import { shownPath } from './shown-path.ts';
import { stackOf } from './stack.ts';
import type { Terminal } from './terminal.ts';
import { unlessUnending } from './unending.ts';
import { readWholeNumber } from './whole-number.ts';

/** The options of `relu-lab report build`, as they are typed. */
export interface BuildFlags {
  readonly out?: string;
  readonly seed?: string;
  readonly profile?: string;
  readonly set?: readonly string[];
  readonly workers?: string;
  readonly check?: boolean;
  /** Set by `report check`: a verdict may be weaker than expected, and must not contradict. */
  readonly mayWeaken?: boolean;
  readonly keepRuns?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** What `--json` says of a study. */
interface BuildSummary {
  readonly id: string;
  readonly status: ReportBuild['status'];
  readonly report?: string;
  readonly error?: string;
  readonly claims: readonly Pick<DecidedClaim, 'id' | 'verdict' | 'expected'>[];
  readonly problems: BuiltReport['problems'];
}

/** What `--json` says of what could not be built at all. */
interface Refusal {
  readonly status: 'failed';
  readonly error: string;
}

interface LoadedStudy extends FoundStudy {
  /** What it is called on the command line. */
  readonly target: string;
  readonly study: Study;
}

/**
 * Builds the studies one after another, and returns the exit code. The first that is stopped ends the rest.
 *
 * @param targets - names of studies of the project, or paths. None: all studies of the project, and then the index.
 * @throws UsageError and ParameterError before anything runs; whatever else keeps a study from being built.
 */
export async function buildStudies(targets: readonly string[], flags: BuildFlags, terminal: Terminal): Promise<number> {
  const summaries: (BuildSummary | Refusal)[] = [];
  try {
    return await buildAll(targets, flags, { terminal, summaries });
  } catch (error) {
    summaries.push({ status: 'failed', error: messageOf(error) });
    throw error;
  } finally {
    if (flags.json === true) terminal.out(JSON.stringify(summaries, null, 2));
  }
}

async function buildAll(
  targets: readonly string[],
  flags: BuildFlags,
  { terminal, summaries }: { readonly terminal: Terminal; readonly summaries: (BuildSummary | Refusal)[] },
): Promise<number> {
  if (flags.out === '') throw new UsageError('--out needs a folder; . is this one');
  const choice = readChoice(flags);
  const from = process.cwd();
  const studies = await loadAll(targets.length > 0 ? targets : namesOfAll(from), from);
  for (const { study } of studies) resolveParameters(study, choice.profile, choice.parameters);

  let exitCode = 0;
  for (const { study, root, target, file } of studies) {
    const folder = folderIn(reportsFolder(flags, root), study.id);
    const display = progressDisplay(process.stderr, {
      quiet: flags.quiet === true,
      plain: process.env['TERM'] === 'dumb',
    });
    display.note(`${printable(study.title)} (${choice.profile} profile, seed ${choice.seed})`);
    const interrupts = listenForInterrupts(() =>
      display.note('Stopping. Finished runs are kept; Ctrl-C once more to end at once.'),
    );
    let build: ReportBuild;
    try {
      const work = buildReport(study, {
        ...choice,
        folder,
        file,
        target,
        ...(flags.keepRuns === true && { keepRuns: true }),
        signal: interrupts.signal,
        onProgress: display.show,
        onNotice: display.note,
      });
      build = await unlessUnending(
        work,
        () =>
          new FailureError(
            `The run of the study '${study.id}' never ended: it waits for something that nothing is left to bring about`,
          ),
      );
    } finally {
      interrupts.release();
      display.end();
    }
    summaries.push(summarize(study, build, from));
    const code = tell(build, { ...flags, file, interrupts, from, terminal });
    if (code !== 0) exitCode = code;
    if (interrupts.exitCode !== undefined) {
      exitCode = interrupts.exitCode;
      break;
    }
  }
  const root = projectRoot(from);
  if (targets.length > 0 || root === undefined || exitCode >= 130) return exitCode;
  const index = await writeIndex(reportsFolder(flags, root), {}, flags.json === true ? silent(terminal) : terminal);
  return exitCode === 0 ? index : exitCode;
}

function namesOfAll(from: string): readonly string[] {
  const names = projectStudies(from).map(({ name }) => name);
  if (names.length > 0) return names;
  throw new UsageError(
    `There is no reports folder with a study in ${from} or above. Name a study by its file, as in ./my-study.ts`,
  );
}

function reportsFolder({ out }: BuildFlags, root: string): string {
  return out ?? join(root, 'dist', 'reports');
}

/** The folder of a report, which lies in that of the reports whatever the study calls itself. */
function folderIn(reports: string, id: string): string {
  const folder = join(reports, id);
  if (dirname(resolve(folder)) === resolve(reports)) return folder;
  throw new UsageError(`The report of the study '${id}' would lie outside ${reports}`);
}

/** Says only what goes to standard error. */
function silent({ info }: Terminal): Terminal {
  return { out: () => undefined, info };
}

/** Finds all studies before it loads any. */
async function loadAll(targets: readonly string[], from: string): Promise<readonly LoadedStudy[]> {
  const found = targets.map((target) => ({ ...findStudy(target, from), target }));
  const studies: LoadedStudy[] = [];
  for (const place of found) {
    const study = await unlessUnending(
      loadStudy(place.file),
      () => new UsageError(`${place.file} never ended loading`),
    );
    const twin = studies.find((other) => other.study.id === study.id);
    if (twin) {
      throw new UsageError(
        `${twin.target} and ${place.target} are both the study '${study.id}', and their reports would go to one folder`,
      );
    }
    studies.push({ ...place, study });
  }
  return studies;
}

interface TellOptions extends BuildFlags {
  /** The file of the study. */
  readonly file: string;
  readonly interrupts: Interrupts;
  readonly from: string;
  readonly terminal: Terminal;
}

/** Says how a build ended, and returns the exit code. */
function tell(build: ReportBuild, options: TellOptions): number {
  const { terminal, from } = options;
  if (build.status !== 'completed') {
    const { status, error, finishedRuns, runsFile } = build;
    const kept =
      finishedRuns === 0
        ? 'No run was finished.'
        : `${finishedRuns} finished ${finishedRuns === 1 ? 'run is' : 'runs are'} kept in ${shownPath(from, runsFile)}; the same command continues from there.`;
    // Of a sweep the first failure says more than the line that waits for it.
    const at = error instanceof SweepFailedError ? undefined : thrownAt(error, dirname(options.file));
    const problem = printable(messageOf(error)) + (at === undefined ? '' : ` (${at})`);
    terminal.info(status === 'aborted' ? `Stopped. ${kept}` : `Error: ${problem}\n${kept}`);
    if (status === 'failed' && options.verbose === true) terminal.info(stackOf(error));
    return status === 'aborted' ? (options.interrupts.exitCode ?? 130) : exitCodeOfBuild(error);
  }
  const { built, files } = build;
  if (options.quiet !== true && options.json !== true) tellClaims(allClaims(built.report), terminal);
  for (const { place, message } of built.problems) terminal.info(`Problem: ${printable(place)}: ${printable(message)}`);
  if (options.quiet !== true) {
    for (const { place, message } of built.notices) terminal.info(`Notice: ${printable(place)}: ${printable(message)}`);
  }
  const failed = options.check === true ? failedChecks(built, options) : [];
  for (const claim of new Set([...built.unexpected, ...failed])) {
    const expected = claim.expected ?? claim.expectedInFull ?? '';
    const word = failed.includes(claim) ? 'Check failed' : options.check === true ? 'Weaker' : 'Warning';
    terminal.info(`${word}: ${claim.id} is ${claim.verdict}, and ${expected} was expected`);
  }
  if (options.json !== true) terminal.out(`Report: ${shownPath(from, files.html)}`);
  return built.problems.length + failed.length > 0 ? 1 : 0;
}

function failedChecks({ report, unexpected }: BuiltReport, { mayWeaken }: BuildFlags): readonly DecidedClaim[] {
  return mayWeaken === true ? allClaims(report).filter(isContradiction) : unexpected;
}

/** What is wrong with parameters or prose, or with the folder, is found only in the build by some studies. */
function exitCodeOfBuild(error: unknown): number {
  const isBadInput = [ParameterError, ShapeError, DataError, OutputError, SweepError].some(
    (kind) => error instanceof kind,
  );
  return isBadInput ? exitCodes.badInput : exitCodes.failed;
}

function tellClaims(claims: readonly DecidedClaim[], terminal: Terminal): void {
  const widest = Math.max(0, ...claims.map(({ verdict }) => verdict.length));
  for (const claim of claims) {
    const note = isUnexpected(claim) ? `  (expected: ${claim.expected ?? ''})` : '';
    const verdict = `${verdictSigns[claim.verdict]} ${claim.verdict.padEnd(widest)}`;
    terminal.out(`${verdict}  ${printable(claim.text)}  ${printable(measurementText(claim))}${note}`);
  }
  terminal.out(`Claims: ${verdictCounts(claims)}`);
}

function summarize({ id }: Study, build: ReportBuild, from: string): BuildSummary {
  if (build.status !== 'completed') {
    return { id, status: build.status, error: messageOf(build.error), claims: [], problems: [] };
  }
  return {
    id,
    status: build.status,
    report: shownPath(from, build.files.html),
    claims: allClaims(build.built.report).map((claim) => ({
      id: claim.id,
      verdict: claim.verdict,
      expected: claim.expected,
    })),
    problems: build.built.problems,
  };
}

/** What a build is asked for. */
type BuildChoice = Pick<BuildReportOptions, 'workers'> &
  Required<Pick<BuildReportOptions, 'profile' | 'seed' | 'parameters'>>;

/**
 * Reads the options that say what is computed.
 *
 * @throws UsageError and ParameterError for what is none of their values.
 */
export function readChoice(flags: Pick<BuildFlags, 'profile' | 'seed' | 'set' | 'workers'>): BuildChoice {
  return {
    profile: readProfile(flags.profile),
    seed: readWholeNumber('--seed', flags.seed, { from: 0, to: largestSeed }) ?? 1,
    parameters: parseAssignments(flags.set ?? []),
    ...readWorkers(flags.workers),
  };
}

function readProfile(name: string = 'quick'): Profile {
  const profile = profiles.find((known) => known === name);
  if (profile === undefined) throw new UsageError(`--profile is ${profiles.join(' or ')}, not '${name}'`);
  return profile;
}

function readWorkers(text: string | undefined): { readonly workers?: number } {
  const workers = readWholeNumber('--workers', text, { from: 1 });
  return workers === undefined ? {} : { workers };
}
