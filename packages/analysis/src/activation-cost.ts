/** Median and spread of a clock reading over rounds. */
export interface ClockSummary {
  readonly median: number;
  /** First and third quartile. */
  readonly quartiles: readonly [number, number];
}

/** What one activation costs. */
export interface ActivationTiming {
  readonly name: string;
  /** Nanoseconds an element. */
  readonly forward: ClockSummary;
  readonly backward: ClockSummary;
  /** Seconds of a training step of a network with it; null where steps were not timed. */
  readonly step: ClockSummary | null;
  /** Medians over rounds of the ratio within a round. */
  readonly relativeToRelu: { readonly forward: number; readonly backward: number; readonly step: number | null };
  /** The forward pass against a copy of the same array. */
  readonly relativeToCopy: number;
}

/** Time of activations, relative to ReLU and to a copy. All of it depends on the clock, none of it on a seed. */
export interface ActivationCost {
  readonly kind: 'activation-cost';
  readonly backend: string;
  readonly build: string;
  readonly elements: number;
  readonly rounds: number;
  /** Nanoseconds an element of a copy. */
  readonly copy: ClockSummary;
  readonly timings: readonly ActivationTiming[];
}
