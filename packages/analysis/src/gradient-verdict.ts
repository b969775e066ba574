/** What becomes of gradients on their way down. */
export interface GradientVerdict {
  readonly status: 'vanishing' | 'healthy' | 'exploding';
  /** In words, with the numbers. */
  readonly reason: string;
  /** Size of the gradient at the lowest hidden weight layer over that at the highest one; null where there are not two. */
  readonly factor: number | null;
}

/** What a verdict goes by. */
export interface VerdictFacts {
  /** Hidden weight layers from the input up. */
  readonly layers: readonly { readonly name: string; readonly gradientNorm: number }[];
  readonly growthPerLayer: number | null;
  readonly predicted: { readonly growthPerLayer: number } | null;
  /** A gradient that is more than so many times larger, or smaller, at the bottom is called exploding, or vanishing. */
  readonly limit: number;
}

/** Vanishing, healthy or exploding, by the size of the gradient at the lowest hidden layer against that at the highest. */
export function gradientVerdict({ layers, growthPerLayer, predicted, limit }: VerdictFacts): GradientVerdict {
  const broken = layers.find(({ gradientNorm }) => !Number.isFinite(gradientNorm));
  if (broken) {
    return { status: 'exploding', factor: null, reason: `The gradient at '${broken.name}' is not finite.` };
  }
  const cut = [...layers].reverse().find(({ gradientNorm }) => gradientNorm === 0);
  if (cut) {
    return {
      status: 'vanishing',
      factor: 0,
      reason: `No gradient at all reaches '${cut.name}': what lies above it is silent.`,
    };
  }
  if (layers.length < 2) {
    return { status: 'healthy', factor: null, reason: 'There are no two hidden weight layers to compare.' };
  }
  const [lowest, highest] = [layers[0], layers[layers.length - 1]];
  const factor = lowest.gradientNorm / highest.gradientNorm;
  const status = factor < 1 / limit ? 'vanishing' : factor > limit ? 'exploding' : 'healthy';
  const rate = growthPerLayer === null ? '' : `, by a factor of ${short(growthPerLayer)} a layer on its square`;
  const expected = predicted === null ? '' : `; theory expects ${short(predicted.growthPerLayer)} of these weights`;
  const change = `From '${highest.name}' down to '${lowest.name}' the gradient changes ${short(factor)}-fold${rate}${expected}.`;
  return { status, factor, reason: change };
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
