/** What a network, its data or its training can suffer from. */
export type Illness =
  | 'non-finite-parameters'
  | 'non-finite-signal'
  | 'symmetric-units'
  | 'dead-layer'
  | 'dead-units'
  | 'linear-units'
  | 'saturation'
  | 'vanishing-gradient'
  | 'exploding-gradient'
  | 'vanishing-activations'
  | 'exploding-activations'
  | 'correlation-collapse'
  | 'constant-output'
  | 'selu-not-normalised'
  | 'plain-dropout-after-selu'
  | 'inputs-not-standardised'
  | 'one-class'
  | 'class-imbalance'
  | 'targets-out-of-range'
  | 'targets-not-standardised'
  | 'learning-rate-too-large'
  | 'learning-rate-too-small';

/**
 * How bad it is: `critical`, the network (or what lies below the place) cannot train; `serious`, it trains badly or
 * wastes most of what is there; `minor`, it is wrong, and may still do.
 */
export type Severity = 'critical' | 'serious' | 'minor';

/** A number that was measured, with what it should be beside it. Numbers that are not finite are null. */
export interface Evidence {
  /** What was measured, in words. */
  readonly what: string;
  readonly measured: number | null;
  /** What theory says for this very network and data; null where it has no value. */
  readonly predicted: number | null;
  /** The healthy values, from and to, an open end null; null where there is no such interval. */
  readonly healthy: readonly [number | null, number | null] | null;
}

/** What to do. */
export interface Remedy {
  /** One sentence. */
  readonly what: string;
  /** The kind of change. */
  readonly change: Change;
}

export type Change =
  | 'initialisation'
  | 'weight-scale'
  | 'bias'
  | 'activation'
  | 'normalisation'
  | 'dropout'
  | 'residual-scale'
  | 'inputs'
  | 'targets'
  | 'data'
  | 'learning-rate';

/** What the remedy did on a copy of the network. */
export interface Trial {
  /** The symptom measured again; null for one that is not a number of the network. */
  readonly symptom: {
    readonly what: string;
    readonly before: number | null;
    readonly after: number | null;
    /** Whether it is healthy now. */
    readonly cured: boolean;
  } | null;
  /** Mean loss over the samples after a few training steps, without and with the remedy; null where nothing could be trained: one sample, and batch norm. */
  readonly loss: TrialLoss | null;
}

/** Losses that are not finite (the run diverged) are null. */
export interface TrialLoss {
  readonly steps: number;
  readonly start: number | null;
  /** After the steps, the network as it is. */
  readonly before: number | null;
  /** After as many steps with the remedy. */
  readonly after: number | null;
}

/** One thing that is wrong. */
export interface Finding {
  readonly illness: Illness;
  readonly severity: Severity;
  /** The layers where it shows, in the order of the forward pass; empty when it lies in data or training. */
  readonly layers: readonly string[];
  readonly evidence: readonly Evidence[];
  /** The mechanism. */
  readonly why: string;
  readonly remedy: Remedy;
  /** Null when trials were not asked for, or the remedy cannot be tried on a copy. */
  readonly trial: Trial | null;
  /** What else was found and follows from this. */
  readonly consequences: readonly Illness[];
}

/** A check that could not be made. */
export interface Skipped {
  readonly check: Illness;
  /** The layer that the check cannot treat; null when it is not about one. */
  readonly layer: string | null;
  readonly reason: string;
}

/** What ails a network, the worst first. */
export interface Diagnosis {
  readonly kind: 'diagnosis';
  /**
   * Whether nothing was found; null where nothing was found on a single sample, which most checks cannot judge by. What was not looked for
   * is in `skipped`.
   */
  readonly healthy: boolean | null;
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skipped[];
  /** Rows of the data that the network was looked at on: all, or as many as `samples` says, drawn with the seed. */
  readonly samples: number;
  /**
   * Whether the parameters look untrained: as in the snapshot `initial`, or without one, biases as initialisers leave them.
   * What theory says of random weights is asked of such a network only.
   */
  readonly untrained: boolean;
  /** The loss on the samples (null when not finite), beside that of the best constant answer. */
  readonly loss: { readonly name: string; readonly value: number | null; readonly constantAnswer: number };
}
