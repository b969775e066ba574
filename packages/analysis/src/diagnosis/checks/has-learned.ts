import { constantAnswer } from '../constant-answer.ts';
import type { Examination } from '../suspicion.ts';

/**
 * Whether the network has left the best constant answer well behind: less than half of its loss. Sizes of its signals are then what
 * training made of them, and no illness.
 */
export function hasLearned({ patient: { data, loss }, vitals }: Examination): boolean {
  return vitals.loss < constantAnswer(data, loss) / 2;
}
