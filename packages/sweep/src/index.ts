// Experiments and jobs
export {
  type Experiment,
  type ExperimentContext,
  type ExperimentReference,
  type ExperimentResult,
  experiment,
  experimentName,
} from './experiment.ts';
export { loadExperiment } from './load-experiment.ts';
export { type CreateJobsOptions, type Job, createJobs } from './job.ts';
export { type ParameterGrid, type SweepDefinition, type SweepParameters, defineSweep } from './define-sweep.ts';
export type { AnySweepDefinition } from './define-sweep.ts';
export type { Row } from './row.ts';
export { canonicalJson, contentHash } from './canonical-json.ts';
export { type CodeFile, codeFiles, codeHash } from './code-files.ts';

// Running
export type { SweepProgress } from './progress.ts';
export { type SweepOptions, type SweepResult, runSweep } from './sweep.ts';
export type {
  ErrorRecord,
  ExecutorOptions,
  JobFailure,
  JobOutcome,
  JobProgress,
  JobResult,
  SweepExecutor,
} from './executor.ts';
export { inProcess } from './in-process.ts';
export { type WorkerPoolOptions, workerPool } from './worker-pool.ts';
export { type JobEnding, errorRecord, runJob } from './run-job.ts';
export { type ParallelEfficiency, type ParallelEfficiencyOptions, parallelEfficiency } from './parallel-efficiency.ts';

// Folders
export {
  type SweepFolder,
  type SweepFolderOptions,
  type SweepRunOptions,
  openSweep,
  reopenSweep,
} from './sweep-folder.ts';
export type { AcceptedChange, SweepContext, SweepSpecification } from './specification.ts';
export { type EstimateOptions, type SweepEstimate, estimateSweep, missingJobs } from './estimate-sweep.ts';
export { type FailedJob, type SweepStatus, sweepStatus } from './sweep-status.ts';
export { type Shard, readShard } from './shard.ts';
export { type MergeOptions, mergeSweeps } from './merge-sweeps.ts';
export { type StoreOptions, type SweepStore, openStore } from './store.ts';
export type { StoredRun } from './store-format.ts';
export { type FolderLock, type LockHolder, lockFolder, lockHolder } from './lock.ts';
export { toParquet } from './parquet.ts';

// Errors
export { ExperimentError, LockError, SpecificationError, StoreError, SweepError } from './errors.ts';
