import type { Finding, Skipped } from './diagnosis.ts';
import type { History, Patient } from './patient.ts';
import type { Vitals } from './vitals.ts';

/** A change to try; null where it cannot be made in this network. */
export type Treatment = (patient: Patient) => Patient | null;

/** A symptom that can be measured again after a treatment. */
export interface Symptom {
  readonly what: string;
  measure(vitals: Vitals): number;
  /** Whether a value of it is healthy. */
  isHealthy(value: number): boolean;
}

/** A remedy and the change that it stands for; null for one that cannot be tried on a copy. */
export interface Attempt {
  readonly remedy: Finding['remedy'];
  readonly treatment: Treatment | null;
}

/** What a check has found, before the remedies are tried. */
export interface Suspicion extends Pick<Finding, 'illness' | 'severity' | 'layers' | 'evidence' | 'why'> {
  /** How far beyond the healthy range, in units of the threshold: ranks findings of one severity. */
  readonly excess: number;
  readonly symptom: Symptom | null;
  /** In the order in which they are tried; the first that cures is the remedy. At least one. */
  readonly attempts: readonly Attempt[];
}

/** What a check looks at. */
export interface Examination {
  readonly patient: Patient;
  readonly history: History;
  readonly vitals: Vitals;
  skip(skipped: Skipped): void;
}

/** Looks for one illness. */
export type Check = (examination: Examination) => readonly Suspicion[];
