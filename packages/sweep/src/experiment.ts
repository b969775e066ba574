import { SweepError } from './errors.ts';
import type { Row } from './row.ts';

/** What an experiment may use besides its parameters and its seed. */
export interface ExperimentContext {
  /**
   * Aborts when the sweep is stopped. `signal.aborted` and `signal.throwIfAborted()` tell the truth even in a
   * synchronous loop that never lets events through.
   */
  readonly signal: AbortSignal;
  /** Say how far this job is, from 0 to 1. Cheap: call it as often as convenient. */
  readonly onProgress: (fraction: number) => void;
}

/** What an experiment returns. */
export interface ExperimentResult {
  /** What depends on the parameters and the seed alone: the same on every machine, in every order of execution. */
  readonly rows: readonly Row[];
  /** What depends on the clock: kept apart, so that `rows` can be compared byte by byte. Default none. */
  readonly timings?: readonly Row[];
}

/**
 * A function from parameters and a seed to rows.
 *
 * It keeps no state between calls: a worker calls it many times, in whatever order jobs come. It must not rely on the
 * identity of `parameters`, which is a copy.
 */
export type Experiment<Parameters> = (
  parameters: Parameters,
  seed: number,
  context: ExperimentContext,
) => readonly Row[] | ExperimentResult | Promise<readonly Row[] | ExperimentResult>;

declare const parametersOf: unique symbol;

/**
 * Where an experiment is found: a module and the name under which it exports the function, so that a worker can load it.
 * Without a type argument it is an experiment of whatever parameters.
 */
export interface ExperimentReference<in Parameters = never> {
  /** URL of the module, as `import.meta.url` gives it: `.js`, `.mjs` or TypeScript. */
  readonly module: string;
  /** Name of the exported function. */
  readonly export: string;
  /** Exists in the type only: the parameters that the experiment takes. */
  readonly [parametersOf]?: (parameters: Parameters) => void;
}

/**
 * Names the experiment that `module` exports as `name`.
 *
 * ```ts
 * export const decay = experiment<DecayParameters>(import.meta.url, 'runDecay');
 * ```
 *
 * @param module - URL of the module, `import.meta.url` within it.
 * @throws SweepError when `module` is not a URL or `name` is empty.
 */
export function experiment<Parameters>(module: string, name: string): ExperimentReference<Parameters> {
  if (!URL.canParse(module)) {
    throw new SweepError(`The module of an experiment must be a URL such as import.meta.url, not '${module}'`);
  }
  if (name === '') throw new SweepError(`Say which export of ${module} is the experiment: its name is empty`);
  return { module, export: name };
}

/**
 * The name of an experiment that is the same on every machine: file name without folder and extension, `#`, export, as
 * in `decay#runDecay`. So `src/decay.ts` here and `dist/decay.js` there are the same experiment.
 */
export function experimentName(reference: ExperimentReference): string {
  const file = new URL(reference.module).pathname.split('/').at(-1) ?? '';
  return `${decodeURIComponent(file).replace(/\.[cm]?[jt]sx?$/, '')}#${reference.export}`;
}
