import type { Row } from '@relu-lab/sweep';
import type { DecidedClaim } from './claims/decide-claim.ts';
import type { Layout, Trace } from './figures/trace.ts';
import type { Profile } from './profile.ts';
import type { Reference } from './study.ts';
import type { Column } from './tables/table.ts';

/** Something that went wrong while the report was made: shown in its place, and the build fails. */
export interface Problem {
  /** Where: `study.md:12`, or the id of a figure, table or claim. */
  readonly place: string;
  readonly message: string;
}

/** A figure in a report. */
export interface ReportFigure {
  readonly id: string;
  /** Its place among the figures of the page, from 1. */
  readonly number: number;
  readonly caption: string;
  readonly alt: string;
  readonly traces: readonly Trace[];
  readonly layout: Layout;
  /** The numbers of the figure, as in its CSV file. */
  readonly rows: readonly Row[];
}

/** A table in a report. */
export interface ReportTable {
  readonly id: string;
  /** Its place among the tables of the page, from 1. */
  readonly number: number;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Claims, figures and tables made of what the clock said. */
export interface ClockMeasurements {
  /** Left out where there are none. `allClaims` has them with the others. */
  readonly claims?: readonly DecidedClaim[];
  readonly figures: readonly ReportFigure[];
  readonly tables: readonly ReportTable[];
}

/** What there is of the runs of a build. */
export interface RunCounts {
  /** Lines of `data/runs.csv` below the header; without any there is no such file. */
  readonly rows: number;
  /** The same of `data/clock/runs.csv`. */
  readonly timings: number;
  /** Runs that an earlier build had finished, which was stopped or failed: their time is not in `seconds`. */
  readonly takenOver: number;
}

/** How a report came about: everything that depends on the clock, the machine or the commit. */
export interface Provenance {
  /** When the build ended, ISO 8601 in UTC. */
  readonly date: string;
  /** How long the build took. Runs that were finished before are not in it. */
  readonly seconds: number;
  /** The command that makes the report again. */
  readonly command: string;
  /** Versions of the packages that took part, by name. */
  readonly versions: Readonly<Record<string, string>>;
  readonly node: string;
  /** Operating system and architecture, as in `linux x64`. */
  readonly platform: string;
  readonly processor: string;
  /** How many jobs ran at a time. */
  readonly workers: number;
  /** Backend and build that the runs used unless a job asked for others, as in `wasm simd`. */
  readonly kernels: string;
  /** The commit of the study's repository, and whether files differed from it; null where there is none. */
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
  /** SHA-256 of the study's files by their paths from its folder: code, prose with what it includes, and the data that it states. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The runs of all sweeps: see `data/runs.csv` and `data/clock/runs.csv`. */
  readonly runs: RunCounts;
  readonly clock: ClockMeasurements;
}

/** A file of code, named from the study's folder. */
export interface SourceFile {
  readonly file: string;
  readonly code: string;
}

/** Everything that the pages show. All but the provenance is the same for the same study, parameters and seed. */
export interface Report {
  /** Version of this shape. */
  readonly schema: 1;
  readonly study: {
    readonly id: string;
    readonly title: string;
    readonly summary?: string;
    readonly authors: readonly string[];
  };
  readonly profile: Profile;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly claims: readonly DecidedClaim[];
  readonly figures: readonly ReportFigure[];
  readonly tables: readonly ReportTable[];
  readonly references: Readonly<Record<string, Reference>>;
  /** The Markdown as written, with what it includes, and the name of its file. */
  readonly prose: {
    readonly file: string;
    readonly markdown: string;
    /** Where its lines come from, where other files are included: from line `from` on, line `line` of `file` and those after it. */
    readonly parts?: readonly { readonly from: number; readonly file: string; readonly line: number }[];
  };
  /** The file that defines the study, where it is known, and the code that it imports from its folder and the one above. */
  readonly source?: SourceFile & { readonly imports?: readonly SourceFile[] };
  readonly problems: readonly Problem[];
  readonly provenance: Provenance;
}
