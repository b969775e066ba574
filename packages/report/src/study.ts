import { ParameterError } from '@relu-lab/core';
import type { ExperimentReference, Row, SweepProgress } from '@relu-lab/sweep';
import { z } from 'zod';
import type { Claim } from './claims/claim.ts';
import type { Figure } from './figures/figure.ts';
import { type Profile, profiles } from './profile.ts';
import type { Table } from './tables/table.ts';
import { isWebAddress } from './web-address.ts';

/** Seeds and names of the jobs of a sweep. */
export interface SweepSeeds<Condition> {
  /**
   * The seeds that every condition runs with: a list, or how many. A number n gives the n seeds `1000 seed`,
   * `1000 seed + 1`, … from the build's seed, so that builds with different seeds share none; at most 1000.
   * A parameter of the name `seeds` is held against that before anything runs.
   */
  readonly seeds: number | readonly number[];
  /** Names a job on the progress display. Default: no name. */
  readonly label?: (condition: Condition, seed: number) => string;
}

/** What a sweep gave, in the order of the jobs: all seeds of the first condition, then of the second, and so on. */
export interface SweepRows {
  /** The same for the same seed on every machine. */
  readonly rows: readonly Row[];
  /** What the clock said. Use it in `timings` of the study only, or reports are no longer the same from build to build. */
  readonly timings: readonly Row[];
}

/** Runs an experiment for every condition and seed, on all workers of the build; finished runs are not run again. */
export type StudySweep = <Condition>(
  experiment: ExperimentReference<Condition>,
  conditions: readonly Condition[],
  options: SweepSeeds<Condition>,
) => Promise<SweepRows>;

/** What `run` works with. */
export interface RunContext<Parameters> {
  readonly parameters: Parameters;
  /** The only source of chance. */
  readonly seed: number;
  /**
   * Runs jobs.
   *
   * @throws SweepFailedError when a job failed.
   * @throws BuildAbortedError when the build was stopped.
   */
  readonly sweep: StudySweep;
  /** Aborts when the build is stopped. */
  readonly signal: AbortSignal;
  /** Says how far a study is that computes without `sweep`; sweeps report by themselves. */
  readonly onProgress: (progress: SweepProgress) => void;
}

/** What claims, figures and tables are made from. */
export interface StudyContext<Parameters, Result> {
  readonly parameters: Parameters;
  readonly seed: number;
  readonly profile: Profile;
  /** What `run` returned. */
  readonly result: Result;
}

/** A published work that prose cites as `[@key]`. */
export interface Reference {
  readonly title: string;
  readonly authors?: readonly string[];
  readonly year?: number;
  /** Journal, conference or publisher. */
  readonly venue?: string;
  /** Beginning with `https://` or `http://`. */
  readonly url?: string;
}

/** Figures by id, each made when the page is: one that throws is a red box in its place, and the others stand. */
export type FigureMakers = Readonly<Record<`fig-${string}`, () => Figure>>;

/** Tables by id, each made when the page is. */
export type TableMakers = Readonly<Record<`tbl-${string}`, () => Table>>;

/** Claims, figures and tables made of what the clock said. */
export interface TimingMakers {
  /** They follow the other claims of the page, and are expected, checked and counted as those are. */
  readonly claims?: readonly Claim[];
  readonly figures?: FigureMakers;
  readonly tables?: TableMakers;
}

/** Markdown beside the study: the file's URL, as in `new URL('./study.md', import.meta.url)`, or the text itself. */
export type Prose = URL | { readonly markdown: string };

/** A study: what is computed (`run`), what is claimed of it and shown, and what is said. */
export interface Study<Schema extends z.ZodObject = z.ZodObject, Result = unknown> {
  /** Lower-case letters, digits and hyphens: the name of the output folder. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences under the title. Default none. */
  readonly summary?: string;
  /** Default none. */
  readonly authors?: readonly string[];
  /** What can be set, with a default for everything. */
  readonly parameters: Schema;
  /** What each profile sets differently from the defaults. */
  readonly profiles: Readonly<Record<Profile, Readonly<Partial<z.input<Schema>>>>>;
  /** Works that the prose cites, by key. Default none. */
  readonly references?: Readonly<Record<string, Reference>>;
  /** Files of data that runs read, as in `new URL('./weights.csv', import.meta.url)`: reports say their SHA-256. Default none. */
  readonly inputs?: readonly URL[];
  /** Computes the result from parameters and seed, and from nothing else: no clock, no files but `inputs`. */
  run(context: RunContext<z.output<Schema>>): Promise<Result> | Result;
  claims(context: StudyContext<z.output<Schema>, Result>): readonly Claim[];
  figures(context: StudyContext<z.output<Schema>, Result>): FigureMakers;
  tables(context: StudyContext<z.output<Schema>, Result>): TableMakers;
  /** Claims, figures and tables of clock measurements: they stand in the provenance, apart from what a seed determines. */
  timings?(context: StudyContext<z.output<Schema>, Result>): TimingMakers;
  readonly prose: Prose;
}

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether `id` consists of lower-case letters, digits and single hyphens. */
export function isSlug(id: unknown): boolean {
  return typeof id === 'string' && slug.test(id);
}

const parts = ['run', 'claims', 'figures', 'tables'] as const;

/**
 * Defines a study. The types of parameters and result flow from `parameters` and `run` into everything else.
 *
 * Builds check every study in this way, also one that came by without it.
 *
 * @returns the definition itself.
 * @throws ParameterError when the id is no slug, the title is empty, a part or a profile is missing, a profile sets
 *   what is not a parameter, prose is neither a file nor Markdown, inputs are no files, or a reference has no title, an address that is not http, or a key that
 *   prose could not name.
 */
export function defineStudy<Schema extends z.ZodObject, Result>(study: Study<Schema, Result>): Study<Schema, Result> {
  if (!isSlug(study.id)) {
    throw new ParameterError(
      `The id of a study is made of lower-case letters, digits and hyphens, as in 'dying-relu'; got '${String(study.id)}'`,
    );
  }
  if (typeof study.title !== 'string' || study.title.trim() === '') {
    throw new ParameterError(`The study '${study.id}' needs a title`);
  }
  if (!(study.parameters instanceof z.ZodObject)) {
    throw new ParameterError(`The parameters of the study '${study.id}' must be a z.object({ … })`);
  }
  for (const part of parts) {
    if (typeof study[part] !== 'function')
      throw new ParameterError(`The study '${study.id}' needs a function '${part}'`);
  }
  if (!(study.prose instanceof URL) && typeof study.prose?.markdown !== 'string') {
    throw new ParameterError(
      `The prose of the study '${study.id}' must be new URL('./study.md', import.meta.url), or { markdown }`,
    );
  }
  for (const profile of profiles) {
    const values: unknown = study.profiles?.[profile];
    if (typeof values !== 'object' || values === null) {
      throw new ParameterError(
        `The study '${study.id}' needs profiles: { quick: { … }, full: { … } }; '${profile}' is missing`,
      );
    }
    for (const key of Object.keys(values)) {
      if (Object.hasOwn(study.parameters.shape, key)) continue;
      throw new ParameterError(
        `The profile '${profile}' of the study '${study.id}' sets '${key}', which is none of its parameters ` +
          `(${Object.keys(study.parameters.shape).join(', ')})`,
      );
    }
  }
  if (
    study.inputs !== undefined &&
    !(Array.isArray(study.inputs) && study.inputs.every((input) => input instanceof URL))
  ) {
    throw new ParameterError(
      `The inputs of the study '${study.id}' must be [new URL('./data.csv', import.meta.url), …]`,
    );
  }
  for (const [key, { title, url }] of Object.entries(study.references ?? {})) {
    if (!/^[\w:.-]+$/.test(key)) {
      throw new ParameterError(`The key of a reference is made of letters, digits and _ : . -; got '${key}'`);
    }
    if (!title) throw new ParameterError(`The reference '${key}' of the study '${study.id}' needs a title`);
    if (url !== undefined && !isWebAddress(url)) {
      throw new ParameterError(`The address of the reference '${key}' must begin with https://; got '${url}'`);
    }
  }
  return study;
}
