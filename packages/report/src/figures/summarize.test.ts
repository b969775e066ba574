import { random } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { renderSvg } from '../static-figure.ts';
import { summarize } from './summarize.ts';
import type { Trace } from './trace.ts';

/** What Plotly makes of a trace. */
const picture = (trace: Trace): Promise<string> => renderSvg({ data: [trace], layout: {}, alt: 'A distribution.' });

const stream = random(1).stream('values');
const draw = (count: number, value: () => number): readonly number[] => Array.from({ length: count }, value);

const distributions: Readonly<Record<string, readonly number[]>> = {
  'normal numbers': draw(2000, () => stream.normal()),
  'large numbers far from 0': draw(500, () => 1e6 + 3000 * stream.normal()),
  'whole numbers': draw(800, () => Math.round(10 * stream.normal())),
  'many whole numbers': draw(800, () => Math.round(1000 * stream.normal())),
  tenths: draw(700, () => Math.round(10 * stream.normal()) / 10),
  'positive numbers with a long tail': draw(900, () => Math.exp(1.5 * stream.normal())),
};

describe('summarize', () => {
  for (const [name, values] of Object.entries(distributions)) {
    const middle = Math.round(values[0] ?? 0);
    it(`leaves Plotly's histogram and box of ${name} as they are, with fewer numbers`, async () => {
      for (const trace of [
        { type: 'histogram', x: values },
        { type: 'histogram', y: values, nbinsy: 12 },
        {
          type: 'histogram',
          x: values,
          xbins: { start: middle - 2.5, end: middle + 4.5, size: 0.5 },
          histnorm: 'probability',
        },
        { type: 'box', y: values },
        { type: 'box', x: values, name: 'all' },
      ] satisfies readonly Trace[]) {
        const fewer = summarize(trace, { index: 0, isAlone: true });
        expect(JSON.stringify(fewer).length).toBeLessThan(JSON.stringify(trace).length);
        expect(await picture(fewer)).toBe(await picture(trace));
      }
    });
  }

  it('leaves alone what it could not keep: several histograms, categories, means of others, all points', () => {
    const values = distributions['normal numbers'] ?? [];
    for (const trace of [
      { type: 'histogram', x: values.map(String) },
      { type: 'histogram', x: values, y: values, histfunc: 'avg' },
      { type: 'box', y: values, x: values.map(() => 'a') },
      { type: 'box', y: values, boxpoints: 'all' },
      { type: 'violin', y: values },
    ] satisfies readonly Trace[]) {
      expect(summarize(trace, { index: 0, isAlone: true })).toBe(trace);
    }
    const one: Trace = { type: 'histogram', x: values };
    expect(summarize(one, { index: 0, isAlone: false })).toBe(one);
  });
});
