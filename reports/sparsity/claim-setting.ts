import { formatNumber } from '@relu-lab/report';
import { aboutHalf } from './at-the-start.ts';

/** What the claims are about, of the study's parameters. */
export interface ClaimSetting {
  readonly learningRates: readonly number[];
  readonly penalties: readonly number[];
  readonly shifts: readonly number[];
  readonly trainingDigits: number;
}

/** Rates, penalties and shifts that claims speak of. */
export function extremes({ learningRates, penalties, shifts }: ClaimSetting) {
  return {
    slow: Math.min(...learningRates),
    fast: Math.max(...learningRates),
    penalty: Math.max(...penalties),
    low: Math.min(...shifts),
  };
}

/** The network that others are compared with. */
export const plain = { activation: 'relu', penalty: 0 } as const;

/** What “about half” means of a unit: `40 % to 60 %` of the digits. */
export const aboutHalfInWords: string = aboutHalf.map((share) => formatNumber(share, 'percent0')).join(' to ');
