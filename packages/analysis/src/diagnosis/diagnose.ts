import { type Dataset, random, selectRows } from '@relu-lab/core';
import { refuseUnknown, readOptions, wholeFrom } from '@relu-lab/core/options';
import {
  type Loss,
  type Network,
  type Optimizer,
  type Snapshot,
  checkFit,
  crossEntropy,
  meanSquaredError,
  sgd,
} from '@relu-lab/nn';
import { checkReadable } from '../batches.ts';
import { activationGrowth } from './checks/activation-growth.ts';
import { constantOutput } from './checks/constant-output.ts';
import { correlationCollapse } from './checks/correlation-collapse.ts';
import { deadLayersAndUnits } from './checks/dead-units.ts';
import { finiteParameters, finiteSignal } from './checks/finite.ts';
import { gradientGrowth } from './checks/gradient-growth.ts';
import { inputScale } from './checks/inputs.ts';
import { learningRate } from './checks/learning-rate.ts';
import { linearUnits } from './checks/linear-units.ts';
import { saturation } from './checks/saturation.ts';
import { plainDropoutAfterSelu, selfNormalisation } from './checks/self-normalisation.ts';
import { symmetricUnits } from './checks/symmetric-units.ts';
import { labels, targetValues } from './checks/targets.ts';
import { foldConsequences } from './consequences.ts';
import { constantAnswer } from './constant-answer.ts';
import type { Diagnosis, Finding, Severity, Skipped } from './diagnosis.ts';
import { finite } from './evidence.ts';
import type { History, Patient } from './patient.ts';
import { type ShortTraining, trainShortly } from './short-training.ts';
import type { Check, Examination, Suspicion } from './suspicion.ts';
import { type Baseline, tryRemedies } from './trial.ts';
import { looksUntrained } from './untrained.ts';
import { takeVitals } from './vitals.ts';

export interface DiagnoseOptions {
  /** Default: cross-entropy for classes, mean squared error for values. */
  readonly loss?: Loss;
  /** The optimiser that trains the network: its learning rate is then judged, and trials use it. Default for trials: SGD at 0.05. */
  readonly optimizer?: Optimizer;
  /** Snapshot of the network at initialisation: tells units born dead from those that died, and where training began. */
  readonly initial?: Snapshot;
  /** Most rows that the network is looked at on, drawn with the seed when there are more; default 512. */
  readonly samples?: number;
  /** Training steps in a trial; default 50. 0: no trials, and learning rates are not judged. */
  readonly steps?: number;
  /** Rows of a training step in a trial; default 32. */
  readonly batchSize?: number;
  /** Of the samples drawn, the random gradient, and the trials' batches and noise; default 0. */
  readonly seed?: number;
}

/** What can be looked at without passing anything through the network. */
const beforeAnyPass: readonly Check[] = [finiteParameters];

/** What needs outputs that are finite. Order matters where two findings would explain each other. */
const checks: readonly Check[] = [
  symmetricUnits,
  inputScale,
  deadLayersAndUnits,
  saturation,
  linearUnits,
  gradientGrowth,
  activationGrowth,
  correlationCollapse,
  constantOutput,
  selfNormalisation,
  plainDropoutAfterSelu,
  labels,
  targetValues,
  learningRate,
];

/**
 * Looks for what may keep a network from learning, in its parameters, signals and gradients, in the data and in the learning rate, and tries
 * remedies on copies of it. A pure function of its arguments: the network keeps its parameters, statistics and noise.
 *
 * Thresholds are theory's: a signal, gradient or correlation may change by six depth scales from end to end (e⁶ in squares), what random
 * networks can be trained through (Schoenholz et al. 2017, https://arxiv.org/abs/1611.01232); and of the units that are to live, bend or
 * have a slope by what theory expects of this depth and these data, the greater part must.
 *
 * @throws ShapeError when inputs or targets do not fit the network, or the snapshot is of another one; ParameterError for options that are
 * unknown or out of range, and a `loss` for targets of another kind; DataError for unsound data.
 */
export function diagnose(network: Network, data: Dataset, options: DiagnoseOptions = {}): Diagnosis {
  refuseUnknown('diagnose', options, ['loss', 'optimizer', 'initial', 'samples', 'steps', 'batchSize', 'seed']);
  checkReadable(network, data);
  const { loss = usualLoss(data), optimizer, initial, ...counts } = options;
  const { samples, steps, batchSize, seed } = readOptions('diagnose', counts, {
    samples: wholeFrom(1, 512),
    steps: wholeFrom(0, 50),
    batchSize: wholeFrom(1, 32),
    seed: wholeFrom(0, 0),
  });
  checkFit(network, data, loss);
  const copy = network.clone();
  if (initial) network.clone().restore(initial);
  const patient: Patient = {
    network: copy,
    data: drawn(data, samples, seed),
    loss,
    optimizer: optimizer ?? sgd({ learningRate: 0.05 }),
  };
  const history: History = {
    allData: data,
    initial: initial ?? null,
    untrained: looksUntrained(network, initial ?? null),
    optimizerGiven: optimizer !== undefined,
    seed,
    steps,
    batchSize,
  };
  return examine(patient, history);
}

function examine(patient: Patient, history: History): Diagnosis {
  const skipped: Skipped[] = [];
  const examination: Examination = {
    patient,
    history,
    vitals: takeVitals(patient, history.seed),
    skip: (entry) => skipped.push(entry),
  };
  const found = suspicions(examination);
  const baseline = baselineOf(examination);
  const ranked = [...foldConsequences(found)].sort(bySeverity);
  const findings = ranked.map((suspicion): Finding => {
    const { illness, severity, layers, evidence, why, consequences, attempts } = suspicion;
    const tried = history.steps > 0 ? tryRemedies(baseline, suspicion) : { remedy: attempts[0].remedy, trial: null };
    return { illness, severity, layers, evidence, why, ...tried, consequences };
  });
  return {
    kind: 'diagnosis',
    healthy: findings.length === 0 && patient.data.rows < 2 ? null : findings.length === 0,
    findings,
    skipped,
    samples: patient.data.rows,
    untrained: history.untrained,
    loss: {
      name: patient.loss.name,
      value: finite(examination.vitals.loss),
      constantAnswer: constantAnswer(patient.data, patient.loss),
    },
  };
}

/** Numbers that are not finite say nothing beyond themselves. */
function suspicions(examination: Examination): readonly Suspicion[] {
  const run = (list: readonly Check[]): readonly Suspicion[] => list.flatMap((check) => check(examination));
  const broken = run(beforeAnyPass);
  if (broken.length > 0) return [...broken, ...run([labels])];
  if (examination.vitals.brokenAt !== null) {
    return [...finiteSignal(examination), ...run([inputScale, labels])];
  }
  return run(checks);
}

function baselineOf({ patient, history, vitals }: Examination): Baseline {
  let training: ShortTraining | null | undefined;
  return {
    patient,
    vitals,
    options: history,
    training: () => {
      training ??= trainShortly(patient, history);
      return training;
    },
  };
}

const order: readonly Severity[] = ['critical', 'serious', 'minor'];

function bySeverity(a: Suspicion, b: Suspicion): number {
  return order.indexOf(a.severity) - order.indexOf(b.severity) || b.excess - a.excess;
}

function drawn(data: Dataset, samples: number, seed: number): Dataset {
  if (data.rows <= samples) return data;
  const rows = random(seed).stream('diagnosis').stream('rows').permutation(data.rows).slice(0, samples);
  return selectRows(data, rows.sort());
}

function usualLoss({ targets }: Dataset): Loss {
  return targets instanceof Int32Array ? crossEntropy() : meanSquaredError();
}
