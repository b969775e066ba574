import { random } from '@relu-lab/core';
import { deadOnData } from '@relu-lab/theory';
import type { Examination } from '../suspicion.ts';
import { majority } from '../thresholds.ts';
import type { ActivationVitals } from '../vitals.ts';

/** A layer of which a share of the units does nothing useful on the data. */
export interface IdleShare {
  readonly layer: ActivationVitals;
  readonly share: number;
  /** The share that is to be expected of freshly drawn units without bias. */
  readonly predicted: number;
}

/**
 * The share of fresh units without bias that have all samples on one side: by theory, from the mean cosine of what the layer's dense
 * layer reads (with a norm between, of the pre-activations). `sides` is 1 for the negative side alone, 2 for either.
 */
export function predictedShare({ vitals }: Examination, activation: ActivationVitals, sides: 1 | 2): number {
  const weights = vitals.weights.find((other) => other.layer.name === activation.layer.from[0]);
  const cosine = weights?.inputCosine ?? activation.cosine;
  // Without two samples that are not 0 there is no signal from below, and a unit without bias is silent for sure.
  if (Number.isNaN(cosine)) return 1;
  const correlation = Math.min(Math.max(cosine, 0), 1);
  return sides * deadOnData({ samples: vitals.samples, correlation }).dead;
}

/**
 * The layers in which most of the units that should be of use are idle: by theory, and by drawing units and looking before an alarm. What is then
 * `predicted` is what the drawn units did.
 */
export function mostlyIdle(
  examination: Examination,
  shares: readonly IdleShare[],
  sides: (layer: ActivationVitals) => 1 | 2,
): readonly IdleShare[] {
  return shares.flatMap((idle) => {
    const { layer, share, predicted } = idle;
    if (!(share > largestHealthyShare(predicted, layer.units))) return [];
    const drawn = drawnShare(examination, layer, sides(layer)) ?? predicted;
    return share > largestHealthyShare(drawn, layer.units) ? [{ ...idle, predicted: drawn }] : [];
  });
}

/** The share of drawn units that have all samples on one side; null where none can be drawn. Theory takes all pairs of samples for alike; these see them as they are. */
function drawnShare(
  { patient, history, vitals }: Examination,
  activation: ActivationVitals,
  sides: 1 | 2,
): number | null {
  const weights = vitals.weights.find((other) => other.layer.name === activation.layer.from[0]);
  if (!weights) return null;
  patient.network.forward(patient.data.inputs);
  const inputs = patient.network.output(weights.layer.from[0]);
  return Math.min(1, sides * silentShare(inputs, weights.fanIn, history.seed));
}

/**
 * The largest share of idle units, of `units`, that is healthy where a share is expected: most of the others must be of use; and a layer may
 * be four standard errors off by chance.
 */
export function largestHealthyShare(expected: number, units: number): number {
  const chance = 4 * Math.sqrt((expected * (1 - expected)) / units);
  return Math.min(1, expected + Math.max(majority * (1 - expected), chance));
}

const draws = 200;

function silentShare(inputs: ArrayLike<number>, features: number, seed: number): number {
  const stream = random(seed).stream('fresh units');
  const weights = new Float64Array(features);
  let silent = 0;
  for (let unit = 0; unit < draws; unit++) {
    stream.fillNormal(weights);
    if (isSilent(weights, inputs)) silent++;
  }
  return silent / draws;
}

function isSilent(weights: Float64Array, inputs: ArrayLike<number>): boolean {
  for (let row = 0; row < inputs.length; row += weights.length) {
    let z = 0;
    for (let i = 0; i < weights.length; i++) z += weights[i] * inputs[row + i];
    if (z > 0) return false;
  }
  return true;
}
