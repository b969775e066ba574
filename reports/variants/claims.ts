import type { Claim } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { accuracyClaims } from './accuracy-claims.ts';
import { eluClaims } from './elu-claims.ts';
import { maxoutClaims } from './maxout-claims.ts';
import { seluClaims } from './selu-claims.ts';
import { slopeClaims } from './slope-claims.ts';

/** What the claims are about, of the study's parameters. */
export interface ClaimSetting {
  /** Hidden layers of the networks that learn digits. */
  readonly hiddenLayers: number;
  /** Hidden layers of the SELU networks whose signals are followed. */
  readonly signalDepth: number;
  /** Epochs and learning rate with which silent units are trained. */
  readonly silentEpochs: number;
  readonly silentRate: number;
  /** How far below 0 silent units lie, and those that are just below it. */
  readonly silentDepth: number;
  readonly brinkDepth: number;
}

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  return [
    ...slopeClaims(rows, setting),
    ...eluClaims(rows),
    ...seluClaims(rows, setting),
    ...maxoutClaims(rows),
    ...accuracyClaims(rows),
  ];
}
