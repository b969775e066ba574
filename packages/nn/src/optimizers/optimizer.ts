import type { Backend } from '@relu-lab/core';

/** A run of parameters that are updated alike: offsets into the arena, and whether weight decay applies. */
export interface Segment {
  readonly parameters: number;
  readonly gradients: number;
  /** Where the optimiser's own numbers for this run are, one offset for each array in `states`. */
  readonly states: readonly number[];
  readonly length: number;
  readonly decays: boolean;
}

/** A rule that turns gradients into updates. */
export interface Optimizer {
  readonly name: string;
  /** Learning rate before any schedule. */
  readonly learningRate: number;
  /** How many numbers the rule keeps for each parameter. */
  readonly states: number;
  /** Updates one run of parameters; `step` counts from 1. */
  update(backend: Backend, segment: Segment, step: number, learningRate: number): void;
}
