import { type ElementwiseActivation, relu, tanh } from '@relu-lab/core';
import { edgeOfChaos, trainableDepth } from '@relu-lab/theory';

/** What is fixed before anything is trained: the depths and the weight variances at which theory says that something happens. */

/** σ_b² of the map of trainable depth, as in Schoenholz et al. */
export const mapBiasVariance = 0.05;

/** Weight variances that are tried, in units of that at the activation's own edge of chaos. */
export const edgeFactors: readonly number[] = [1 / 4, 1 / 2, 1, 2, 4];

/** How many times as long the patient networks train. */
export const patience = 4;

/** The depth at the edge of chaos, where theory sets no limit, at which patience is tried. */
export const patientDepth = 32;

/** 6 ξ of ReLU under Xavier's rule (σ_w² = 1 in square layers): the depth to which theory lets it train. */
export const xavierDepth: number = limitOf(relu, 1);

/** Half of it, it and twice it, in whole layers. */
export const shallow: number = Math.round(xavierDepth / 2);
export const middle: number = Math.round(xavierDepth);
export const deep: number = Math.round(2 * xavierDepth);

/** σ_w² at the edge of chaos. */
export function edgeOf(activation: 'relu' | 'tanh', biasVariance: number): number {
  const edge = edgeOfChaos({ relu, tanh }[activation], { biasVariance });
  return edge.status === 'found' ? edge.weightVariance : NaN;
}

function limitOf(activation: ElementwiseActivation, weightVariance: number): number {
  const found = trainableDepth(activation, { weightVariance });
  return found.status === 'finite' ? found.depth : NaN;
}

/** Weight variances of the networks through which two inputs are followed, in units of that at the edge of chaos. */
export const phaseFactors = { ordered: 1 / 2, critical: 1, chaotic: 2 } as const;

/** Widths from which on 1/width is called small. */
export const wide = 32;
