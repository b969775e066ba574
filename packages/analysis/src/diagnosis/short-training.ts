import { random } from '@relu-lab/core';
import { BatchFeed, type Network, Updater } from '@relu-lab/nn';
import { takeVitals, type Vitals } from './vitals.ts';
import type { Patient } from './patient.ts';

/** How a few steps of training went. */
export interface ShortTraining {
  /** Steps made. */
  readonly steps: number;
  /** The network before the first step. */
  readonly before: Vitals;
  /** Mean loss over all samples then. */
  readonly start: number;
  /** And after the last one; NaN when the run diverged. */
  readonly end: number;
  /** The network after the steps; null when the run diverged. */
  readonly vitals: Vitals | null;
}

/** What a short training does. */
export interface ShortTrainingOptions {
  readonly steps: number;
  readonly batchSize: number;
  readonly seed: number;
  /** Factor on the optimiser's learning rate; default 1. */
  readonly factor?: number;
}

/** Trains a copy for some steps on shuffled batches; null where there is no batch that batch norm can take. */
export function trainShortly(patient: Patient, options: ShortTrainingOptions): ShortTraining | null {
  const { data, loss, optimizer } = patient;
  const { steps, seed, factor = 1 } = options;
  const batchSize = Math.min(options.batchSize, data.rows);
  if (batchSize < 2 && patient.network.layers.some(({ kind }) => kind === 'batch-norm')) return null;
  const before = takeVitals({ ...patient, network: patient.network.clone() }, seed);
  const start = before.loss;
  const network = patient.network.clone();
  const stream = random(seed).stream('short training');
  network.seedNoise(stream.stream('noise'));
  const batches = Math.floor(data.rows / batchSize);
  network.beginTraining(batchSize);
  try {
    const feed = new BatchFeed(network, loss, batchSize);
    const updater = new Updater(network, optimizer);
    let order: Int32Array = new Int32Array();
    for (let step = 0; step < steps; step++) {
      const batch = step % batches;
      if (batch === 0) order = stream.stream(`pass ${step / batches}`).permutation(data.rows);
      feed.load(data, batch * batchSize, batchSize, order);
      network.run(batchSize, { mode: 'training' });
      const value = feed.backward(batchSize);
      if (!Number.isFinite(value)) return { steps: step, before, start, end: NaN, vitals: null };
      updater.update(optimizer.learningRate * factor);
    }
  } finally {
    network.endTraining();
  }
  return { steps, before, start, ...after({ ...patient, network }, seed) };
}

function after(patient: Patient, seed: number): Pick<ShortTraining, 'end' | 'vitals'> {
  if (!allFinite(patient.network)) return { end: NaN, vitals: null };
  const vitals = takeVitals(patient, seed);
  return vitals.brokenAt === null ? { end: vitals.loss, vitals } : { end: NaN, vitals: null };
}

function allFinite({ parameters, backend }: Network): boolean {
  return parameters.every(({ offset, length }) => Number.isFinite(backend.sumOfSquares(offset, length)));
}
