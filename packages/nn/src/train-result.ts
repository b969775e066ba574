import type { Divergence } from './divergence.ts';
import type { Evaluation } from './evaluate.ts';

/** What one epoch came to. Nothing here depends on the clock. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Steps done at its end. */
  readonly steps: number;
  /** Mean training loss over the epoch's rows, penalty included, each batch as it was met. */
  readonly loss: number;
  /** Share of the epoch's rows that were classified right when they were met; null for values. */
  readonly accuracy: number | null;
  /** Learning rate of the last step. */
  readonly learningRate: number;
  /** On the validation data, at the end of the epoch; null without such data. */
  readonly validation: Evaluation | null;
}

/** How long things took. */
export interface TrainTiming {
  /** The whole run, validation and probes included. */
  readonly seconds: number;
  /** Median time of a training step: loading, forward, backward and update. */
  readonly secondsPerStep: number;
}

interface TrainEnd {
  /** The finished epochs. */
  readonly history: readonly EpochRecord[];
  /** Steps done. */
  readonly steps: number;
  /** Mean loss of each step's batch, penalty included. */
  readonly losses: Float64Array;
  readonly timing: TrainTiming;
}

/** How a run ended. */
export type TrainResult =
  | (TrainEnd & { readonly status: 'completed' })
  | (TrainEnd & { readonly status: 'aborted' })
  | (TrainEnd & Divergence & { readonly status: 'diverged' });

/** Where a run is. */
export interface TrainProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly steps: number;
  /** Mean loss of the last batch. */
  readonly loss: number;
  /** Of the last finished epoch, where there is one. */
  readonly validation: Evaluation | null;
  readonly elapsedSeconds: number;
  /** By the pace so far. */
  readonly remainingSeconds: number;
}
