import type { Dataset } from '@relu-lab/core';
import type { Network } from './network.ts';
import type { Values } from './snapshot.ts';

/** What a probe sees of one training step, right after the update. Views are valid during the call. */
export interface StepView {
  readonly network: Network;
  /** Steps done, this one included. */
  readonly step: number;
  /** Epochs begun, this one included. */
  readonly epoch: number;
  /** Rows of the batch. */
  readonly rows: number;
  /** Which rows of the training data they are. */
  readonly batch: Int32Array;
  /** Mean loss of the batch, penalty included. */
  readonly loss: number;
  readonly learningRate: number;
  /** Length of the gradient of all parameters, before clipping. */
  readonly gradientNorm: number;
  /** Pre-activations of an activation layer (rows × its inputs). */
  preActivation(layer: string): Values;
  /** Output of a layer (rows × its width). */
  output(layer: string): Values;
  /** Gradient of the loss with respect to the output of a layer (rows × its width). */
  gradient(layer: string): Values;
  /** Gradient of the loss with respect to a parameter, after clipping. */
  parameterGradient(parameter: string): Float32Array;
  /** What the step added to a parameter; a ParameterError for a probe that wants no `updates`. */
  update(parameter: string): Float32Array;
}

/** What a probe is told of a run before its first step. */
export interface RunFacts {
  readonly data: Dataset;
  /** Rows of a batch; the last one of an epoch may be smaller. */
  readonly batchSize: number;
  /** Steps that the run will have. */
  readonly steps: number;
}

/**
 * Watches a training run. Whatever it gathers is its own affair; it must not change the network. A probe
 * that runs passes (an evaluation, say) ends the view: who looks after it, at what stands in the network, is told so.
 */
export interface Probe {
  readonly name: string;
  /** Steps from one look to the next; default 1: every step. A probe may decide it in `start`. */
  readonly every?: number;
  /** Whether it asks for updates (`update` of the view): `false` spares a copy of all parameters at each step. Default `true`. */
  readonly updates?: boolean;
  /** Called once before the first step. */
  start?(network: Network, run: RunFacts): void;
  /** Called after the steps that `every` picks (counted from 1: `every`, 2 `every`, …). */
  step?(view: StepView): void;
  /** Called after the last step, however the run ended, with the number of steps done. */
  finish?(network: Network, steps: number): void;
}
