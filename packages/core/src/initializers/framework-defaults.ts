import type { Initializer } from '../initializer.ts';
import { refuseUnknown } from '../options.ts';
import type { RandomStream } from '../random/stream.ts';
import { defineInitializer } from './define-initializer.ts';
import { xavierUniform } from './scaled.ts';

/**
 * What PyTorch gives a `torch.nn.Linear`: weights *and biases* U(±1/√fanIn), so both of variance 1/(3 fanIn). (Its code says
 * `kaiming_uniform_(a=√5)`, which comes to the same: √(6 / ((1 + 5) fanIn)).)
 */
export function pytorchDefault(options: Readonly<Record<string, never>> = {}): Initializer {
  refuseUnknown('pytorch-default', options, []);
  const variance = (fanIn: number): number => 1 / (3 * fanIn);
  const draw = (out: Float32Array, fanIn: number, _fanOut: number, stream: RandomStream): void => {
    const limit = 1 / Math.sqrt(fanIn);
    stream.fillUniform(out, -limit, limit);
  };
  return defineInitializer({
    name: 'pytorch-default',
    parameters: {},
    source: {
      title: 'PyTorch documentation, torch.nn.Linear',
      url: 'https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html',
    },
    variance,
    weights: draw,
    biases: { variance, draw },
  });
}

/** What Keras gives a `Dense` layer: Glorot-uniform weights U(±√(6 / (fanIn + fanOut))), biases 0. */
export function kerasDefault(options: Readonly<Record<string, never>> = {}): Initializer {
  refuseUnknown('keras-default', options, []);
  const { variance, weights } = xavierUniform();
  return defineInitializer({
    name: 'keras-default',
    parameters: {},
    source: { title: 'Keras documentation, Dense layer', url: 'https://keras.io/api/layers/core_layers/dense/' },
    variance,
    weights,
  });
}
