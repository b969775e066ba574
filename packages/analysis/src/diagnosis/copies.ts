import type { Layer, Network } from '@relu-lab/nn';

/**
 * Share of a layer's units that are copies of an earlier one: equal weights and biases, and, in the last backward pass, equal gradients
 * of them. Equal weights alone are none: what reads the units may part them with the first step.
 */
export function shareOfCopies(network: Network, layer: Layer): number {
  const units = layer.outputs;
  if (units === 1) return 0;
  const arrays = layer.parameters.map(({ name, length }) => ({
    name,
    values: network.parameterValues(name),
    width: length / units,
  }));
  const firstOf = new Map<string, number>();
  const pairs: (readonly [number, number])[] = [];
  for (let unit = 0; unit < units; unit++) {
    const key = arrays.map(({ values, width }) => values.slice(unit * width, (unit + 1) * width).join()).join(';');
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, unit);
    else pairs.push([first, unit]);
  }
  if (pairs.length === 0) return 0;
  const gradients = arrays.map(({ name, width }) => ({ values: network.parameterGradient(name), width }));
  const copies = pairs.filter(([a, b]) =>
    gradients.every(({ values, width }) => areAlike(row(values, a, width), row(values, b, width))),
  );
  return copies.length / (units - 1);
}

function row(values: Float32Array, unit: number, width: number): Float32Array {
  return values.subarray(unit * width, (unit + 1) * width);
}

/** Equal but for the rounding of sums that are taken in another order. */
const rounding = 1e-3;

function areAlike(a: Float32Array, b: Float32Array): boolean {
  let difference = 0;
  let length = 0;
  for (let i = 0; i < a.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    length += a[i] ** 2;
  }
  return difference <= rounding ** 2 * length;
}
