import { type ElementwiseActivation, backward } from '@relu-lab/core';
import { Network, activate, dense } from '@relu-lab/nn';

/** Of so many numbers one is put to 0, half of these to −0: random ones hardly ever are. */
const everyTenth = 10;

/** The numbers, with every tenth of them 0 or −0. */
export function withZeros(numbers: Float32Array): Float32Array {
  return numbers.map((value, i) => (i % everyTenth > 0 ? value : i % (2 * everyTenth) > 0 ? -0 : 0));
}

/**
 * Share of numbers at which an activation’s slope is not 1 for x > 0 and 0 for x ≤ 0, as either the kernel for arrays or a network's
 * backward pass has it.
 */
export function slopeDepartures(activation: ElementwiseActivation, x: Float32Array): number {
  const ones = new Float32Array(x.length).fill(1);
  const [ofKernel, ofNetwork] = [backward(activation, x, ones), networkSlopes(activation, x, ones)];
  let departures = 0;
  for (const [i, value] of x.entries()) {
    const said = value > 0 ? 1 : 0;
    if (ofKernel[i] !== said || ofNetwork[i] !== said) departures++;
  }
  return departures / x.length;
}

/** The gradient that a network passes to pre-activations x, when each output's is 1. */
function networkSlopes(activation: ElementwiseActivation, x: Float32Array, ones: Float32Array): ArrayLike<number> {
  const network = new Network({ inputs: 1, layers: [dense({ units: 1 }), activate(activation)] });
  network.setParameter('dense1.weight', [1]);
  network.forward(x, { mode: 'training' });
  network.backward(ones);
  return network.gradient('dense1');
}
