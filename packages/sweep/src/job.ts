import { contentHash } from './canonical-json.ts';
import { SweepError } from './errors.ts';
import { type ExperimentReference, experimentName } from './experiment.ts';
import { kindOf } from './plain-object.ts';

/** One run of an experiment: which one, with what parameters, from which seed. */
export interface Job<Parameters = unknown> {
  /**
   * Content hash of the experiment's name (see {@link experimentName}), the parameters and the seed: SHA-256 of
   * their canonical JSON. The same on every machine, whatever the order of the parameters' keys.
   */
  readonly id: string;
  readonly experiment: ExperimentReference;
  readonly parameters: Parameters;
  readonly seed: number;
  /** What to call the job while it runs; no part of its identity. */
  readonly label?: string;
}

/** Options of {@link createJobs}. */
export interface CreateJobsOptions<Parameters> {
  /** Names a job for progress displays. Default: no label. */
  readonly label?: (parameters: Parameters, seed: number) => string;
}

/**
 * One job for every condition and seed: all seeds of the first condition, then of the second, and so on.
 *
 * @param conditions - parameters, plain JSON values each.
 * @param seeds - integers.
 * @throws SweepError when parameters are not plain JSON (the message names the path), a seed is not a safe integer, or
 *   two jobs are the same.
 */
export function createJobs<Parameters>(
  experiment: ExperimentReference<Parameters>,
  conditions: readonly Parameters[],
  seeds: readonly number[],
  { label }: CreateJobsOptions<Parameters> = {},
): readonly Job<Parameters>[] {
  for (const [name, list] of Object.entries({ conditions, seeds })) {
    if (!Array.isArray(list)) throw new SweepError(`createJobs takes a list of ${name}, not ${kindOf(list)}`);
  }
  for (const seed of seeds) {
    if (!Number.isSafeInteger(seed)) throw new SweepError(`A seed must be a safe integer, not ${seed}`);
  }
  const name = experimentName(experiment);
  const jobs = conditions.flatMap((condition, index) => {
    contentHash(condition, `conditions[${index}]`); // Refuses with the path as the caller knows it.
    const parameters = structuredClone(condition); // What is hashed stays what is run.
    return seeds.map((seed) => ({
      id: contentHash({ experiment: name, parameters, seed }),
      experiment,
      parameters,
      seed,
      ...(label && { label: label(parameters, seed) }),
    }));
  });
  refuseDuplicates(jobs);
  return jobs;
}

/**
 * @throws SweepError when two jobs have the same id: a seed that counts twice would make an interval too narrow.
 */
export function refuseDuplicates(jobs: readonly Job[]): void {
  const seen = new Map<string, number>();
  for (const [index, job] of jobs.entries()) {
    const first = seen.get(job.id);
    if (first !== undefined) {
      throw new SweepError(
        `Jobs ${first} and ${index} are the same: ${experimentName(job.experiment)} with seed ${job.seed} and parameters ` +
          `${JSON.stringify(job.parameters)}. Give each condition and each seed once`,
      );
    }
    seen.set(job.id, index);
  }
}
