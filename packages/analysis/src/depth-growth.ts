/** A factor a layer, measured over seeds, beside what theory expects. */
export interface GrowthRate {
  /** Geometric mean over seeds of the factor a layer. */
  readonly measured: number;
  /** 95 % interval of it over seeds (Student's t of the logarithms); null for one seed. */
  readonly interval: readonly [number, number] | null;
  /** What theory expects for wide layers; null where it has none. */
  readonly predicted: number | null;
}

/** Growth of signals and gradients with depth, at initialisation. */
export interface DepthGrowth {
  readonly kind: 'depth-growth';
  readonly activation: string;
  readonly depth: number;
  readonly width: number;
  /** σ_w². */
  readonly weightVariance: number;
  readonly normalization: 'none' | 'batch' | 'layer';
  readonly residual: boolean;
  readonly seeds: number;
  /** Factor a layer on the mean square of pre-activations (of the stream, in a residual network), upwards. */
  readonly forward: GrowthRate;
  /** Factor a layer on the squared gradient with respect to them, towards the input. */
  readonly backward: GrowthRate;
  /** By layer, from 1 on: median over seeds, relative to the first layer (forward) and to the last (backward). */
  readonly layers: readonly {
    readonly layer: number;
    readonly secondMoment: number;
    readonly squaredGradient: number;
    readonly predicted: { readonly secondMoment: number | null; readonly squaredGradient: number | null };
  }[];
  /** Seeds whose signal or gradient was 0 or not finite somewhere: left out of the rates. */
  readonly broken: number;
}
