import type { Report } from './report.ts';

/** Where the rows of all runs are, and what the clock said of them. */
export const runsFile = 'data/runs.csv';
export const clockRunsFile = 'data/clock/runs.csv';

/** One line of the provenance. */
export interface ProvenanceEntry {
  readonly term: string;
  readonly value: string;
  /** Whether it is something to type or compare, letter by letter. */
  readonly code: boolean;
  /** Whether it is the path of a file beside the page. */
  readonly file?: true;
}

/** How the report came about, line by line. */
export function provenanceEntries({ profile, seed, parameters, provenance }: Report): readonly ProvenanceEntry[] {
  const { date, seconds, command, versions, node, platform, processor, workers, kernels, git, runs, inputs } =
    provenance;
  const entry = (term: string, value: string, code = false): ProvenanceEntry => ({ term, value, code });
  return [
    entry('Rebuild with', command, true),
    entry('Profile, seed', `${profile}, ${seed}`),
    ...Object.entries(parameters).map(([name, value]) => entry(`Parameter ${name}`, JSON.stringify(value), true)),
    entry(
      'Commit',
      git === null ? 'unknown: no repository' : `${git.commit}${git.dirty ? ', with uncommitted changes' : ''}`,
      git !== null,
    ),
    entry(
      'Versions',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ),
    ...Object.entries(inputs ?? {}).map(([file, hash]) => entry(`SHA-256 of ${file}`, hash, true)),
    entry('Node', `${node} on ${platform}`),
    entry('Processor', `${processor}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`),
    entry('Kernels', kernels),
    entry('Built', `${date.slice(0, 16).replace('T', ' ')} UTC in ${durationText(seconds)}${takenOverText(runs)}`),
    ...fileEntry('Rows of all runs', runsFile, runs.rows),
    ...fileEntry('Their timings', clockRunsFile, runs.timings),
  ];
}

function takenOverText({ takenOver }: Report['provenance']['runs']): string {
  if (takenOver === 0) return '';
  return `, without the time of ${takenOver} finished ${takenOver === 1 ? 'run' : 'runs'} taken over from an interrupted build`;
}

function fileEntry(what: string, value: string, rows: number): readonly ProvenanceEntry[] {
  if (rows === 0) return [];
  return [{ term: `${what} (${rows} ${rows === 1 ? 'row' : 'rows'})`, value, code: false, file: true }];
}

/** `12 s`, `3 min 20 s`, `2 h 5 min` */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
