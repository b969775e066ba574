import type { Claim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import type { ClaimSetting } from './claim-setting.ts';
import { claimsOfStart } from './claims-of-start.ts';
import { claimsOfTraining } from './claims-of-training.ts';
import { claimsOfUse } from './claims-of-use.ts';

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  return [...claimsOfStart(rows, setting), ...claimsOfTraining(rows, setting), ...claimsOfUse(rows, setting)];
}
