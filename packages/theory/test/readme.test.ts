import { defineActivation, gelu, relu, tanh } from '@relu-lab/core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as theory from '../src/index.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const exportedTypes = [
  ...readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8').matchAll(/(?:type|type \{) ([A-Z]\w+)/g),
].map(([, name]) => name);

/** As a README shows it: six digits at most, then an ellipsis. */
function short(value: unknown): string {
  if (typeof value === 'number') {
    const digits = String(value);
    return digits.length > 9 ? `${digits.slice(0, 7)}…` : digits;
  }
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[ ${value.map(short).join(', ')} ]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${short(entry)}`);
  return `{ ${entries.join(', ')} }`;
}

describe('README', () => {
  it.each(Object.keys(theory))('describes %s', (name) => {
    expect(readme).toMatch(new RegExp(`\`${name}\\b`));
  });

  it.each(exportedTypes)('lists the type %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  it('shows what the example really gives', () => {
    const { bornDeadProbability, edgeOfChaos, meanField, moments } = theory;
    const sine = defineActivation({ name: 'sine', value: Math.sin, derivative: Math.cos });
    const none = edgeOfChaos(gelu);
    const shown = [
      `moments(relu).forwardGain; // ${moments(relu).forwardGain}`,
      `meanField(relu, { weightVariance: 2 }).status; // '${meanField(relu, { weightVariance: 2 }).status}'`,
      `// ${short(meanField(relu, { weightVariance: 1.5, biasVariance: 0.1 }))}`,
      `edgeOfChaos(tanh, { biasVariance: 0.05 }); // ${short(edgeOfChaos(tanh, { biasVariance: 0.05 }))}`,
      `// ${short({ ...none, reason: 'χ₁ = 1 only where …' })}`,
      `bornDeadProbability({ width: 8, depth: 20 }); // ${short(bornDeadProbability({ width: 8, depth: 20 }))}`,
      `moments(sine, { mean: 0, variance: 1 }).secondMoment; // ${short(moments(sine).secondMoment)}`,
      `meanField(sine, { weightVariance: 3 }).chi1; // ${short(meanField(sine, { weightVariance: 3 }).chi1)}`,
    ];
    for (const line of shown) expect(readme).toContain(line);
    expect(none).toHaveProperty('reason', expect.stringMatching(/^χ₁ = 1 only where /));
  });
});
