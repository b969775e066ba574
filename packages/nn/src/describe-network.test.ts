import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { describeNetwork } from './describe-network.ts';
import { dense } from './layers/dense.ts';
import { Network } from './network.ts';

describe('a network that finds no room', () => {
  it('is named with its layers, and what it asked for, when its parameters do not fit', () => {
    const layers = [dense({ units: 40_000, name: 'wide' }), dense({ units: 10 })];
    const create = (): unknown => new Network({ inputs: 40_000, layers });
    expect(create).toThrow(ParameterError);
    // 40 000 × 40 000 weights of 4 bytes, 40 000 biases, and the second layer.
    expect(create).toThrow(
      /no room for 6401\d{6} more bytes in the memory of the network of 40000 inputs with the layers wide, dense2: it holds/,
    );
  });

  it('is named with the widths of its layers when a batch does not fit, and works on', () => {
    const network = new Network({ inputs: 2, layers: [dense({ units: 3000 })] });
    const before = network.predict(Float32Array.of(1, 2));
    expect(() => network.reserve(400_000)).toThrow(
      /more bytes in the memory of the network of 2 inputs with the layers dense1 \(3000\): it holds/,
    );
    expect(network.predict(Float32Array.of(1, 2))).toEqual(before);
    expect(network.predict(Float32Array.of(1, 2, 3, 4))).toHaveLength(6000);
    const untouched = new Network({ inputs: 2, layers: [dense({ units: 3000 })] });
    expect(() => untouched.reserve(400_000)).toThrow(ParameterError);
    expect(untouched.predict(Float32Array.of(1, 2))).toEqual(before);
  });
});

describe('describeNetwork', () => {
  it('leaves layers out where there are many', () => {
    const layers = Array.from({ length: 50 }, (_, i) => ({ name: `dense${i + 1}`, outputs: 8 }));
    expect(describeNetwork(3, layers)).toBe(
      'the network of 3 inputs with the layers dense1 (8), dense2 (8), dense3 (8), dense4 (8), …, dense50 (8)',
    );
  });
});
