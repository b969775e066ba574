export { canonicalJson, contentHash } from './canonical-json.ts';
export { ExperimentError, StoreError, SweepError } from './errors.ts';
export type {
  ErrorRecord,
  ExecutorOptions,
  JobFailure,
  JobOutcome,
  JobProgress,
  JobResult,
  SweepExecutor,
} from './executor.ts';
export {
  type Experiment,
  type ExperimentContext,
  type ExperimentReference,
  type ExperimentResult,
  experiment,
  experimentName,
} from './experiment.ts';
export { inProcess } from './in-process.ts';
export { type CreateJobsOptions, type Job, createJobs } from './job.ts';
export type { SweepProgress } from './progress.ts';
export type { Row } from './row.ts';
export { type JobEnding, errorRecord, runJob } from './run-job.ts';
export { type StoreOptions, type SweepStore, openStore } from './store.ts';
export type { StoredRun } from './store-format.ts';
export { type SweepOptions, type SweepResult, runSweep } from './sweep.ts';
export { type WorkerPoolOptions, workerPool } from './worker-pool.ts';
