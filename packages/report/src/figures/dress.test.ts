import { describe, expect, it } from 'vitest';
import { dress, dressSizes } from './dress.ts';

const bar = { title: { text: 'share' } };

describe('dress', () => {
  it('lays colour bars across above a narrow figure, whether they belong to a trace or to the layout', () => {
    const figure = { data: [{ type: 'heatmap' as const, colorbar: bar }], layout: { coloraxis: { colorbar: bar } } };
    const look = (width: number): unknown[] => {
      const { data, layout } = dress(figure, width, dressSizes);
      return [data[0]['colorbar'], (layout['coloraxis'] as { colorbar: unknown }).colorbar];
    };
    for (const narrow of look(358))
      expect(narrow).toMatchObject({ orientation: 'h', title: { text: 'share', side: 'top' } });
    for (const wide of look(760)) {
      expect(wide).toMatchObject({ title: { text: 'share', side: 'right' } });
      expect(wide).not.toHaveProperty('orientation');
    }
  });

  it('keeps a colour bar clear of the titles of panels', () => {
    const height = (annotations: readonly object[]): number => {
      const layout = { annotations, height: 500, coloraxis: { colorbar: bar } };
      const { coloraxis } = dress({ data: [], layout }, 358, dressSizes).layout as unknown as {
        coloraxis: { colorbar: { y: number } };
      };
      return coloraxis.colorbar.y;
    };
    expect(height([{ text: 'dense1' }])).toBeGreaterThan(height([]));
  });

  it('takes no width from the layout', () => {
    expect(dress({ data: [], layout: { width: 3000, title: 'a' } }, 760, dressSizes).layout).not.toHaveProperty(
      'width',
    );
  });
});
