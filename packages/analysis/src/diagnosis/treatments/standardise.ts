import type { Dataset } from '@relu-lab/core';
import { featureMoments } from '../feature-moments.ts';
import type { Attempt } from '../suspicion.ts';

/** Every feature less its mean, divided by its deviation; constant ones become 0. */
export const standardiseInputs: Attempt = {
  remedy: {
    what: 'Standardise the inputs: subtract the mean and divide by the deviation of the training data (drop features that are constant).',
    change: 'inputs',
  },
  treatment: (patient) => ({ ...patient, data: standardised(patient.data) }),
};

/** Every target value less the mean of its column, divided by its deviation. Not tried: the loss would be in other units. */
export const standardiseTargets: Attempt = {
  remedy: {
    what: 'Standardise the targets (subtract the mean, divide by the deviation) and scale predictions back.',
    change: 'targets',
  },
  treatment: null,
};

function standardised(data: Dataset): Dataset {
  return { ...data, inputs: standardisedColumns(data.inputs, data.features) };
}

function standardisedColumns(values: Float32Array, width: number): Float32Array {
  const { mean, deviation } = featureMoments(values, width);
  return values.map((value, i) => {
    const column = i % width;
    return deviation[column] > 0 ? (value - mean[column]) / deviation[column] : 0;
  });
}
