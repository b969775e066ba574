import type { Optimizer } from '@relu-lab/nn';
import { constantAnswer } from '../constant-answer.ts';
import type { Illness } from '../diagnosis.ts';
import { evidence } from '../evidence.ts';
import type { Patient } from '../patient.ts';
import { type ShortTraining, trainShortly } from '../short-training.ts';
import type { Check, Examination, Suspicion } from '../suspicion.ts';
import { drawAgain } from '../treatments/rebuild.ts';
import type { Vitals } from '../vitals.ts';
import { majority } from '../thresholds.ts';

/** Learning rates that are tried beside the given one. */
const smaller = [0.1, 0.01, 0.001] as const;
const larger = [100, 1e4] as const;

/** Share of the start's loss that a short training must take off before a learning rate counts as at work. */
const leastProgress = 0.01;

/**
 * Tries the given optimiser for a few steps from the beginning (the initial snapshot, the network itself while it is untrained, or a new
 * draw), and beside it other learning rates. Too large: it diverges, or ends worse than it began and than a constant answer, and a smaller
 * one does not; or it kills most units of a layer, and a smaller one kills fewer and ends lower; or the loss stays, and with a smaller one it falls. Too small: next to nothing happens, and a
 * rate 100 or 10 000 times as large does at least ten times as much, safely.
 */
export const learningRate: Check = (examination) => {
  const { history } = examination;
  const skip = (reason: string): readonly [] => {
    for (const check of ['learning-rate-too-large', 'learning-rate-too-small'] as const) {
      examination.skip({ check, layer: null, reason });
    }
    return [];
  };
  if (!history.optimizerGiven) return skip("no optimiser was given: pass it as 'optimizer'");
  if (history.steps === 0) return skip('trial steps were not asked for');
  const start = fromTheStart(examination);
  const run: Run = (factor) => trainShortly(start, { ...history, factor });
  const given = run(1);
  if (!given) return skip('there are too few samples for batch norm');
  if (isBad(start, given)) return tooLarge(start, given, run);
  if (progress(given) >= leastProgress) return [];
  const overshooting = tooLarge(start, given, run);
  return overshooting.length > 0 ? overshooting : tooSmall(start, given, run);
};

/** A short training at a factor of the given rate. */
type Run = (factor: number) => ShortTraining | null;

/** A factor at which the training was good. */
interface Better {
  readonly factor: number;
  readonly run: ShortTraining;
}

function firstGood(factors: readonly number[], run: Run, isGood: (run: ShortTraining) => boolean): Better | null {
  for (const factor of factors) {
    const found = run(factor);
    if (found && isGood(found)) return { factor, run: found };
  }
  return null;
}

function fromTheStart({ patient, history }: Examination): Patient {
  if (history.untrained) return patient;
  const network = history.initial ? patient.network.clone() : drawAgain(patient.network);
  if (history.initial) network.restore(history.initial);
  return { ...patient, network };
}

function progress({ start, end }: ShortTraining): number {
  return (start - end) / Math.abs(start);
}

function isBad(patient: Patient, run: ShortTraining): boolean {
  return isDiverging(patient, run) || isDeadly(run);
}

/** Whether most of the units of some layer that lived at the start are dead. */
function isDeadly({ before, vitals }: ShortTraining): boolean {
  const then = deadShares(before);
  return deadShares(vitals).some((share, i) => share > then[i] + majority * (1 - then[i]));
}

function isDiverging({ data, loss }: Patient, { start, end }: ShortTraining): boolean {
  if (!Number.isFinite(end)) return true;
  return end > start && end > 1.5 * constantAnswer(data, loss);
}

/** The largest share of dead units in a layer; 0 when the run diverged. */
function mostDead({ vitals }: ShortTraining): number {
  return Math.max(0, ...deadShares(vitals));
}

/** By activation layer; none when the run diverged. */
function deadShares(vitals: Vitals | null): readonly number[] {
  return (vitals?.activations ?? []).map(({ dead, units }) => dead.length / units);
}

function tooLarge(patient: Patient, given: ShortTraining, run: Run): readonly Suspicion[] {
  const diverges = isDiverging(patient, given);
  const deadly = isDeadly(given);
  const good = firstGood(smaller, run, (other) => {
    if (deadly && !diverges) {
      return !isDiverging(patient, other) && mostDead(other) < mostDead(given) && other.end < 0.9 * given.end;
    }
    if (isBad(patient, other)) return false;
    return diverges || progress(other) > leastProgress + Math.max(progress(given), 0);
  });
  if (!good) return [];
  return [
    suspicion('learning-rate-too-large', patient, given, good, {
      severity: diverges ? 'critical' : 'serious',
      why: diverges
        ? 'A step along the gradient overshoots when the rate exceeds 2 over the largest curvature: the loss grows from step to step.'
        : !deadly
          ? 'Steps of this size jump over what there is to gain: the loss does not fall, and with smaller ones it does.'
          : 'The first updates are so large that they push most units of a layer below what any sample can lift: they die.',
      excess: 1 / good.factor,
    }),
  ];
}

function tooSmall(patient: Patient, given: ShortTraining, run: Run): readonly Suspicion[] {
  const least = Math.max(10 * progress(given), leastProgress);
  const good = firstGood(larger, run, (other) => !isBad(patient, other) && progress(other) > least);
  if (!good) return [];
  return [
    suspicion('learning-rate-too-small', patient, given, good, {
      severity: 'serious',
      why: `After ${given.steps} steps next to nothing has changed, and steps ${good.factor} times as long are still safe: training would take that many times longer than it must.`,
      excess: good.factor,
    }),
  ];
}

function suspicion(
  illness: Extract<Illness, `learning-rate-${string}`>,
  { optimizer }: Patient,
  given: ShortTraining,
  good: Better,
  { severity, why, excess }: Pick<Suspicion, 'severity' | 'why' | 'excess'>,
): Suspicion {
  const rate = optimizer.learningRate;
  const better = rate * good.factor;
  return {
    illness,
    severity,
    layers: [],
    evidence: [
      evidence(`loss at the start`, given.start),
      evidence(`loss after ${given.steps} steps of ${optimizer.name} at ${rate}`, given.end),
      evidence(`loss after ${good.run.steps} steps at ${better.toPrecision(2)}`, good.run.end),
      evidence(
        `largest share of dead units in a layer after ${given.steps} steps at ${rate}`,
        Math.max(0, ...deadShares(given.vitals)),
      ),
    ],
    why,
    excess,
    symptom: null,
    attempts: [
      {
        remedy: {
          what: `Use a learning rate near ${better.toPrecision(1)} instead of ${rate}.`,
          change: 'learning-rate',
        },
        treatment: (patient) => ({ ...patient, optimizer: withRate(patient.optimizer, better) }),
      },
    ],
  };
}

function withRate(optimizer: Optimizer, learningRate: number): Optimizer {
  const { name, states } = optimizer;
  return {
    name,
    learningRate,
    states,
    update: (backend, segment, step, rate) => optimizer.update(backend, segment, step, rate),
  };
}
