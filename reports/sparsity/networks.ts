import type { Row } from '@relu-lab/sweep';
import type { Selection } from '../measurements.ts';
import type { Pair } from './comparisons.ts';

/** Networks that figures and tables show side by side. */
export interface NamedNetwork {
  readonly name: string;
  readonly selection: Selection;
}

/** The trained networks; of the penalised ones that with this λ. */
export function networksOf(penalty: number): readonly NamedNetwork[] {
  return [
    { name: 'relu', selection: { activation: 'relu', penalty: 0 } },
    { name: `relu, λ = ${penalty}`, selection: { activation: 'relu', penalty } },
    { name: 'leaky-relu', selection: { activation: 'leaky-relu' } },
    { name: 'tanh', selection: { activation: 'tanh' } },
  ];
}

/** What was compared, in words. */
export const pairNames: Readonly<Record<Pair, string>> = {
  leaky: 'ReLU − leaky ReLU',
  tanh: 'ReLU − tanh',
  penalty: 'penalised − plain',
};

/** The values that rows have under a key, in the order of appearance. */
export function distinct(rows: readonly Row[], key: string): readonly Row[string][] {
  return [...new Set(rows.map((row) => row[key]))];
}
