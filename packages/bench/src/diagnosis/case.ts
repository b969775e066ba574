import type { Dataset } from '@relu-lab/core';
import type { DiagnoseOptions, Illness } from '@relu-lab/analysis';
import type { Network } from '@relu-lab/nn';

/** A network whose state of health is known. */
export interface Case {
  /** What was planted; null for a healthy network. */
  readonly illness: string | null;
  /** Network, data and seed in words. */
  readonly name: string;
  /** The findings that name what was planted; empty for a healthy network. */
  readonly expected: readonly Illness[];
  /** Null where a training that was to be healthy was not. */
  make(): Promise<Prepared | null>;
}

/** What is diagnosed. */
export interface Prepared {
  readonly network: Network;
  readonly data: Dataset;
  readonly options?: DiagnoseOptions;
}

/** An illness, and ways to plant it. */
export interface Planted {
  readonly illness: string;
  readonly expected: readonly Illness[];
  /** By name, from a seed; null where the planting did not take. */
  readonly variants: Readonly<Record<string, (seed: number) => Prepared | Promise<Prepared | null>>>;
}
