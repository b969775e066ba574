/** What a unit is on the watched data set: silent on all of it, on on all of it, or neither. */
export type UnitState = 'dead' | 'alive' | 'always-on';

/** Why a unit died: what moved its pre-activations into its zero region between the last check that saw it speak and this one. */
export interface DeathCause {
  /** Learning rate of the step of the check; null at the check after the last step, where `every` had picked none. */
  readonly learningRate: number | null;
  /**
   * Length of the change of the unit's own weights and bias over the interval: learning rate × gradient for plain SGD and an
   * interval of one step; null where the unit has no weights of its own (the layer reads no weight layer).
   */
  readonly updateNorm: number | null;
  /**
   * Length of the gradient of the unit's own weights and bias in the step of the check: that of the update that killed it when the interval
   * is one step; null otherwise.
   */
  readonly gradientNorm: number | null;
  /** Mean change of the unit's pre-activation over the samples on which it had spoken (the first 64 of them); the next three sum to it. */
  readonly shift: number;
  /** Part of the bias in `shift`; null where the pre-activation does not come straight from a weight layer. */
  readonly bias: number | null;
  /** Part of the unit's own weights, for the inputs as they were before; null as `bias`. */
  readonly weights: number | null;
  /** Part of the layers below, whose outputs moved, for the weights as they are now; null as `bias`. */
  readonly inputs: number | null;
  /** What the unit died of: the largest part in the direction of the shift; null where there are no parts. */
  readonly main: 'bias' | 'weights' | 'inputs' | null;
  /** Rows of the training data in the batch of the killing update; null when the interval is more than one step. */
  readonly batch: readonly number[] | null;
}

/** A unit that died: it spoke at the check after step `after`, and is silent at the one after step `step`. */
export interface UnitDeath {
  readonly unit: number;
  /** Steps done at the last check that saw it speak. The killing update is one of `after` + 1 … `step`. */
  readonly after: number;
  /** Steps done at the first check that saw it silent. */
  readonly step: number;
  readonly cause: DeathCause;
}

/** A unit that revived: it was silent after step `after`, and speaks after step `step`. */
export interface UnitRevival {
  readonly unit: number;
  readonly after: number;
  readonly step: number;
}

/** The units of one activation layer through a training run. */
export interface LayerTimeline {
  readonly name: string;
  readonly units: number;
  /** Whether some unit is constant 0 on an interval, as ReLU is. */
  readonly hasZeroRegion: boolean;
  /** Bytes of one check in the bit sets: ⌈units / 8⌉. */
  readonly bytesPerCheck: number;
  /** A bit set a check: bit `u % 8` of byte `c × bytesPerCheck + ⌊u / 8⌋` says whether unit u was dead at check c. */
  readonly dead: Uint8Array;
  /** The same for always on. */
  readonly alwaysOn: Uint8Array;
  /** By check: units that are dead and always on, and units that died and revived since the check before. */
  readonly counts: {
    readonly dead: readonly number[];
    readonly alwaysOn: readonly number[];
    readonly died: readonly number[];
    readonly revived: readonly number[];
  };
  /** Dead at the first check, whatever became of them. */
  readonly bornDead: readonly number[];
  /** Alive at the first check, dead at the last one. */
  readonly died: readonly number[];
  /** Dead at the first check, not at the last one. */
  readonly revived: readonly number[];
  /** Every death, in the order of steps; a unit may die several times. */
  readonly deaths: readonly UnitDeath[];
  /** Every revival, in the order of steps. */
  readonly revivals: readonly UnitRevival[];
  /** Expected shares of dead and always-on units at the first check; null where theory has none. */
  readonly predicted: { readonly dead: number; readonly alwaysOn: number } | null;
}

/** How closely a timeline has looked at a run. */
export interface TimelineCoverage {
  /** Steps after which all samples were looked at: checks, but for the one before the first step. */
  readonly checked: number;
  /** Steps after which only some samples were, on which a death would mostly show; 0 where `every` was given. */
  readonly watched: number;
  /** Deaths that were found. */
  readonly deaths: number;
  /** Those of them that are known to the step, so that their cause has its update: its batch and its gradient. */
  readonly exact: number;
}

/** Every unit of every activation layer through a training run, on the watched data set. */
export interface UnitTimeline {
  readonly kind: 'unit-timeline';
  /** Name of the watched data set. */
  readonly data: string;
  readonly samples: number;
  /** Steps from one check to the next; by default at most so many: a check comes sooner where units may have changed. */
  readonly every: number;
  /** Steps done at each check, from 0 on. */
  readonly steps: readonly number[];
  /** How closely the run was looked at. */
  readonly coverage: TimelineCoverage;
  /** In the order of the forward pass. */
  readonly layers: readonly LayerTimeline[];
  /** Where a value on the watched data stopped being finite, which ended the timeline; null when none did. */
  readonly notFinite: { readonly step: number; readonly layer: string } | null;
}
