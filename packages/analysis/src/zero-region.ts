import type { ElementwiseActivation } from '@relu-lab/core';
import type { Layer } from '@relu-lab/nn';

/**
 * Points around which a smooth activation is looked at: no kink tells where it vanishes. Nothing in the catalogue
 * underflows in float64 between −10 and 10.
 */
const grid: readonly number[] = [0.1, 0.5, 1, 2, 5, 10].flatMap((x) => [-x, x]);

/** Half the width of the interval around a point of the grid. */
const around = 0.01;

/**
 * Whether each unit of an activation layer has a zero region: an interval of pre-activations on which its output and its slope
 * are 0. Learned slopes are the unit's own; everything else is a property of the activation. Maxout has none.
 */
export function zeroRegions(layer: Layer): readonly boolean[] {
  const units = Array.from({ length: layer.outputs }, (_, unit) => unit);
  if (layer.parameters.some(({ role }) => role === 'slope')) {
    // Each side is a line through 0, and 0 itself where its slope is 0.
    return units.map((unit) => grid.some((x) => layer.slopeAt?.(x, unit) === 0));
  }
  const found = layer.activation?.kind === 'elementwise' && vanishesSomewhere(layer.activation);
  return units.map(() => found);
}

/** Looks between neighbouring kinks, before the first and after the last one, and around the grid. */
function vanishesSomewhere(activation: ElementwiseActivation): boolean {
  const { kinks } = activation;
  const bounds = kinks.length === 0 ? [] : [kinks[0] - 1, ...kinks, kinks[kinks.length - 1] + 1];
  return (
    bounds.slice(1).some((to, i) => vanishesBetween(activation, bounds[i], to)) ||
    grid.some((x) => vanishesBetween(activation, x - around, x + around))
  );
}

function vanishesBetween(activation: ElementwiseActivation, from: number, to: number): boolean {
  return [0.25, 0.5, 0.75].every((share) => {
    const x = from + share * (to - from);
    return activation.value(x) === 0 && activation.derivative(x) === 0;
  });
}
