import type { Remedy, Trial, TrialLoss } from './diagnosis.ts';
import { finite } from './evidence.ts';
import type { Patient } from './patient.ts';
import { type ShortTraining, type ShortTrainingOptions, trainShortly } from './short-training.ts';
import type { Attempt, Suspicion } from './suspicion.ts';
import { type Vitals, takeVitals } from './vitals.ts';

/** How the patient does without treatment: what every trial is compared with. */
export interface Baseline {
  readonly patient: Patient;
  readonly vitals: Vitals;
  readonly options: ShortTrainingOptions;
  /** The training of the untreated network; computed when first asked for. */
  training(): ShortTraining | null;
}

/** The first remedy that cures, tried on copies; or, when none does, the first that can be tried, with what came of it. */
export function tryRemedies(
  baseline: Baseline,
  { symptom, attempts }: Suspicion,
): {
  readonly remedy: Remedy;
  readonly trial: Trial | null;
} {
  let best: { readonly remedy: Remedy; readonly treated: Patient; readonly vitals: Vitals } | null = null;
  for (const attempt of attempts) {
    const treated = treat(baseline.patient, attempt);
    if (!treated) continue;
    const vitals = takeVitals(treated, baseline.options.seed);
    const outcome = { remedy: attempt.remedy, treated, vitals };
    best ??= outcome;
    if (!symptom || (vitals.brokenAt === null && symptom.isHealthy(symptom.measure(vitals)))) {
      best = outcome;
      break;
    }
  }
  if (!best) return { remedy: attempts[0].remedy, trial: null };
  const { remedy, treated, vitals } = best;
  const loss = compareTraining(baseline, treated);
  const again = symptom && {
    what: symptom.what,
    before: finite(symptom.measure(baseline.vitals)),
    after: finite(symptom.measure(vitals)),
    cured: vitals.brokenAt === null && symptom.isHealthy(symptom.measure(vitals)),
  };
  return { remedy, trial: again || loss ? { symptom: again, loss } : null };
}

function treat(patient: Patient, { treatment }: Attempt): Patient | null {
  return treatment ? treatment({ ...patient, network: patient.network.clone() }) : null;
}

function compareTraining(baseline: Baseline, treated: Patient): TrialLoss | null {
  const untreated = baseline.training();
  const after = untreated && trainShortly(treated, baseline.options);
  if (!after) return null;
  return {
    steps: baseline.options.steps,
    start: finite(untreated.start),
    before: finite(untreated.end),
    after: finite(after.end),
  };
}
