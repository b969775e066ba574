import type { Dataset } from '@relu-lab/core';
import type { Loss, Network, Optimizer, Snapshot } from '@relu-lab/nn';

/** A network with what it is trained on and how: what is examined, and what a treatment changes. */
export interface Patient {
  readonly network: Network;
  readonly data: Dataset;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
}

/** What is known of a patient beyond what can be measured. */
export interface History {
  /** All rows of the data, of which the patient has some. */
  readonly allData: Dataset;
  readonly initial: Snapshot | null;
  readonly untrained: boolean;
  /** Whether the optimiser is the user's own, so that its learning rate is to be judged. */
  readonly optimizerGiven: boolean;
  readonly seed: number;
  /** Training steps in a trial; 0 for none. */
  readonly steps: number;
  readonly batchSize: number;
}
