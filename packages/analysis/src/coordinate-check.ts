/** Which size of a layer is followed over widths. */
export type Coordinate = 'activation' | 'gradient' | 'weight-update' | 'activation-change';

/** How one coordinate of one layer scales with width. */
export interface CoordinateScaling {
  readonly layer: string;
  readonly coordinate: Coordinate;
  /** Root mean square by width (mean over seeds of the logarithms, as a factor). */
  readonly sizes: readonly number[];
  /** Slope of log size against log width. */
  readonly slope: number;
  /** 95 % interval of the slope. */
  readonly interval: readonly [number, number];
  readonly verdict: 'stable' | 'grows' | 'shrinks' | 'unclear';
}

/** Sizes of activations, gradients and updates against width, for one parametrisation. */
export interface CoordinateCheck {
  readonly kind: 'coordinate-check';
  readonly parametrization: string;
  readonly widths: readonly number[];
  readonly steps: number;
  readonly seeds: number;
  readonly coordinates: readonly CoordinateScaling[];
}
