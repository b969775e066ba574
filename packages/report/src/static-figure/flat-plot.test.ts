import { describe, expect, it } from 'vitest';
import { flatPlot } from './flat-plot.ts';

const data = [{ type: 'scatter' as const, x: [1], y: [1] }];
const noteOf = (layout: Record<string, unknown>, traces: Parameters<typeof flatPlot>[0]['data'] = data): unknown => {
  const flat = flatPlot({ data: traces, layout });
  return flat.status === 'flat' ? flat.note : flat;
};

describe('flatPlot', () => {
  it('says of how many steps a picture shows the first, and which one that is', () => {
    const steps = ['all layers', 'relu1', 'relu2'].map((label) => ({ label, method: 'update', args: [] }));
    expect(noteOf({ sliders: [{ steps }] })).toBe(
      'The picture shows the first of 3 steps (all layers); the live figure of the page, with JavaScript, moves through all of them.',
    );
    expect(noteOf({ sliders: [{ steps: [{}, {}] }] })).toContain('the first of 2 steps;');
    expect(flatPlot({ data, layout: { sliders: [{ steps }], height: 300 } })).toMatchObject({
      layout: { height: 300 },
    });
    expect(flatPlot({ data, layout: { sliders: [{ steps }] } })).not.toHaveProperty('layout.sliders');
  });

  it('says what else a picture leaves out, and nothing where it leaves out nothing', () => {
    expect(noteOf({})).toBeUndefined();
    expect(noteOf({ updatemenus: [{}] })).toContain('has buttons to change it');
    const surface = { type: 'surface' as const, z: [[1]] };
    expect(noteOf({ sliders: [{ steps: [{}] }] }, [surface])).toMatch(
      /from above.* in three dimensions\. .*first of 1 steps/,
    );
  });
});
