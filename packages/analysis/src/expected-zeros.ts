import type { Layer, Network } from '@relu-lab/nn';
import { batchNormZeroFraction, zeroFraction } from '@relu-lab/theory';

/**
 * The zero fraction that theory expects of an activation layer if the weights below it were fresh draws of the size that they have: the
 * pre-activation is then N(b, |w|² E[a²]), or N(β, γ²) after a normalisation; null for maxout, and where something else lies below.
 *
 * @param inputSquare - mean square E[a²] of the outputs of a layer, by its name.
 */
export function expectedZeroFraction(
  network: Network,
  layer: Layer,
  inputSquare: (name: string) => number,
): number | null {
  const { activation } = layer;
  const source = network.layers.find(({ name }) => name === layer.from[0]);
  if (activation?.kind !== 'elementwise' || !source) return null;
  const values = (role: string): Float32Array => {
    const parameter = source.parameters.find((found) => found.role === role);
    return parameter ? network.parameterValues(parameter.name) : new Float32Array(source.outputs);
  };
  if (source.role === 'normalization') {
    const beta = values('shift');
    return meanOver(values('scale'), (gamma, unit) => batchNormZeroFraction(activation, { gamma, beta: beta[unit] }));
  }
  if (source.kind !== 'dense') return null;
  const weights = values('weight');
  const q = (weights.reduce((sum, w) => sum + w * w, 0) / source.outputs) * inputSquare(source.from[0]);
  if (!(q > 0)) return null;
  return meanOver(values('bias'), (bias) => zeroFraction(activation, { q, bias }));
}

function meanOver(values: Float32Array, share: (value: number, unit: number) => number): number {
  return values.reduce((sum, value, unit) => sum + share(value, unit), 0) / values.length;
}
