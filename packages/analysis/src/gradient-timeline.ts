import { readOptions, wholeFrom } from '@relu-lab/core/options';
import type { Layer, Probe, StepView } from '@relu-lab/nn';
import { sumOfSquares } from './gradient-sums.ts';

/** Gradients and updates of one weight layer by step, of the training batches. */
export interface LayerGradientTimeline {
  readonly name: string;
  /** Mean square of the layer's pre-activations. */
  readonly forwardSecondMoment: readonly number[];
  /** √(mean over samples of |∂ℓ/∂z|²). */
  readonly gradientNorm: readonly number[];
  /** |∂L/∂W| / |W|. */
  readonly gradientToWeightRatio: readonly number[];
  /** |ΔW| / |W|: the update that the step made. Around 1e-3 is usual for a healthy run. */
  readonly updateToWeightRatio: readonly number[];
}

/** Gradient flow through a training run. */
export interface GradientTimeline {
  readonly kind: 'gradient-timeline';
  readonly steps: readonly number[];
  readonly layers: readonly LayerGradientTimeline[];
}

export interface GradientTimelineOptions {
  /** Steps from one look to the next. Default 10. */
  readonly every?: number;
}

/** A probe for `train` that gathers a {@link GradientTimeline}. */
export interface GradientTimelineProbe extends Probe {
  /** What was found so far. */
  result(): GradientTimeline;
}

/**
 * Follows signals, gradients and updates of every weight layer through a training run, on the batch of each step that `every` picks. It runs no
 * pass of its own. What stands after one that does, among the probes, sees nothing: put this one first.
 *
 * @throws ParameterError for an `every` that is no whole number of at least 1.
 */
export function gradientTimeline(options: GradientTimelineOptions = {}): GradientTimelineProbe {
  const { every } = readOptions('gradientTimeline', options, { every: wholeFrom(1, 10) });
  const steps: number[] = [];
  const layers = new Map<string, Mutable>();
  return {
    name: 'gradient timeline',
    every,
    step: (view) => {
      steps.push(view.step);
      for (const layer of view.network.layers.filter(({ role }) => role === 'weights')) {
        const record = layers.get(layer.name) ?? emptyRecord();
        layers.set(layer.name, record);
        note(record, layer, view);
      }
    },
    result: () => ({
      kind: 'gradient-timeline',
      steps: [...steps],
      layers: [...layers].map(([name, record]) => ({
        name,
        forwardSecondMoment: [...record.forwardSecondMoment],
        gradientNorm: [...record.gradientNorm],
        gradientToWeightRatio: [...record.gradientToWeightRatio],
        updateToWeightRatio: [...record.updateToWeightRatio],
      })),
    }),
  };
}

type Mutable = { readonly [Key in Exclude<keyof LayerGradientTimeline, 'name'>]: number[] };

function emptyRecord(): Mutable {
  return { forwardSecondMoment: [], gradientNorm: [], gradientToWeightRatio: [], updateToWeightRatio: [] };
}

function note(record: Mutable, layer: Layer, view: StepView): void {
  const outputs = view.output(layer.name);
  record.forwardSecondMoment.push(sumOfSquares(outputs) / outputs.length);
  // The batch's gradient is that of its mean loss: each sample's own is `rows` times what stands there.
  record.gradientNorm.push(Math.sqrt(view.rows * sumOfSquares(view.gradient(layer.name))));
  const weights = layer.parameters.find(({ role }) => role === 'weight')?.name;
  if (weights === undefined) return;
  const size = Math.sqrt(sumOfSquares(view.network.parameterValues(weights)));
  record.gradientToWeightRatio.push(Math.sqrt(sumOfSquares(view.parameterGradient(weights))) / size);
  record.updateToWeightRatio.push(Math.sqrt(sumOfSquares(view.update(weights))) / size);
}
