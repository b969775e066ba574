import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as core from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('README', () => {
  it.each(Object.keys(core))('describes %s', (name) => {
    expect(readme).toMatch(new RegExp(`\`(new )?${name}\\b`));
  });

  it.each([...core.activationNames, ...core.initializerNames])('lists %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  it('shows what the example really gives', () => {
    const { activation, backward, elu, forward, gelu, initializer, leakyRelu, maxout, random, relu } = core;
    const x = new Float32Array([-2, -1, 0, 3]);
    const list = (values: ArrayLike<number>): string => `[ ${Array.from(values).join(', ')} ]`;
    const array = (values: Float32Array): string => `Float32Array(${values.length}) ${list(values)}`;
    const shown = [
      `relu.value(-1); // ${relu.value(-1)}`,
      `relu.derivative(0); // ${relu.derivative(0)}`,
      `elu({ alpha: 1.7 }).value(-2); // ${elu({ alpha: 1.7 }).value(-2)}`,
      `gelu.value(-10); // ${gelu.value(-10)}`,
      `activation('leaky-relu', { alpha: 0.2 }).kinks; // ${list(activation('leaky-relu', { alpha: 0.2 }).kinks)}`,
      `activation('relu', { subgradient: 0.5 }).derivative(0); // ${activation('relu', { subgradient: 0.5 }).derivative(0)}`,
      `forward(leakyRelu({ alpha: 0.25 }), x); // ${array(forward(leakyRelu({ alpha: 0.25 }), x))}`,
      `backward(relu, x, new Float32Array([10, 20, 30, 40])); // ${array(backward(relu, x, new Float32Array([10, 20, 30, 40])))}`,
      `forward(maxout({ pieces: 2 }), x); // ${array(forward(maxout({ pieces: 2 }), x))}`,
      `initializer('he-normal').variance(784, 256); // ${initializer('he-normal').variance(784, 256)}`,
      `rng.normal(); // ${random(42).stream('weights').normal()}`,
    ];
    for (const line of shown) expect(readme).toContain(line);
  });
});
