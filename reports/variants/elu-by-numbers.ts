import { elu, forward } from '@relu-lab/core';
import { Network, activate, dense } from '@relu-lab/nn';
import type { Row } from '@relu-lab/sweep';

/** The α of ELU that are compared. */
export const alphas = [0.5, 1, 2] as const;

/** Distance at which slopes are taken by differences, in float64. */
const h = 1e-6;

/**
 * What ELU is, by numbers alone. Rows: one of kind `smoothness` an α, with the jumps that differences find at 0 in slope and in curvature; and
 * one of kind `float32`, for α = 1, with the least output, derivatives on both sides of where there is none left, and where float32 rounds the
 * output to −1 and a network's derivative to 0.
 */
export function measureElu(): readonly Row[] {
  const smoothness = alphas.map((alpha) => {
    const { value } = elu({ alpha });
    const slope = (x: number): number => (value(x + h) - value(x - h)) / (2 * h);
    const curvature = (x: number): number => (slope(x + 1e-3) - slope(x - 1e-3)) / 2e-3;
    return {
      kind: 'smoothness',
      alpha,
      slopeJump: Math.abs(slope(2 * h) - slope(-2 * h)),
      curvatureJump: Math.abs(curvature(2e-3) - curvature(-2e-3)),
    };
  });
  const output = (x: number): number => forward(elu(), Float32Array.of(x))[0];
  const derivative = networkDerivative();
  return [
    ...smoothness,
    {
      kind: 'float32',
      least: [-1, -10, -100, -1000, -Infinity].reduce((least, x) => Math.min(least, output(x)), 0),
      leastDerivativeAbove: derivative(-16),
      derivativeBelow: derivative(-20),
      outputEndsAt: edgeOf((x) => output(x) === -1),
      derivativeEndsAt: edgeOf((x) => derivative(x) === 0),
    },
  ];
}

/** The derivative of ELU that a network in float32 multiplies its gradient with. */
function networkDerivative(): (x: number) => number {
  const network = new Network({ inputs: 1, layers: [dense({ units: 1 }), activate(elu())] });
  network.setParameter('dense1.weight', [1]);
  return (x) => {
    network.forward(Float32Array.of(x));
    network.backward(Float32Array.of(1));
    return network.gradient('dense1')[0];
  };
}

/** The largest x below 0 from which downwards `holds`, by halving between −1000 and 0. */
function edgeOf(holds: (x: number) => boolean): number {
  let [inside, outside] = [-1000, 0];
  while (outside - inside > 1e-4) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
