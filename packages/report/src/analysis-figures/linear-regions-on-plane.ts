import type { LinearRegionsOnPlane } from '@relu-lab/analysis';
import type { Figure } from '../figures/figure.ts';
import { palette, translucent } from '../figures/palette.ts';
import { formatNumber } from '../number-format.ts';
import { polygonsTrace } from './polygons.ts';

/** The linear regions in a window of a plane: exact polygons, neighbours in different colours. */
export function linearRegionsOnPlaneFigure(result: LinearRegionsOnPlane): Figure {
  const { polygons, region, neighbours, count, cells, areas, uRange, vRange, layers } = result;
  const color = regionColors(count, region, neighbours);
  const byColor = palette.map((_, k) => Array.from(region.keys()).filter((cell) => color[region[cell]] === k));
  const sizes = new Float64Array(count);
  const members = new Int32Array(count);
  region.forEach((r, cell) => {
    sizes[r] += areas[cell];
    members[r] += 1;
  });
  return {
    data: byColor.flatMap((chosen, k) =>
      chosen.length === 0 ? [] : [polygonsTrace(polygons, chosen, translucent(palette[k].light, 0.55))],
    ),
    layout: {
      height: 520,
      xaxis: { title: { text: 'a (along u)' }, range: [...uRange], showgrid: false, constrain: 'domain' },
      yaxis: {
        title: { text: 'b (along v)' },
        range: [...vRange],
        showgrid: false,
        scaleanchor: 'x',
        constrain: 'domain',
      },
      hovermode: 'closest',
    },
    caption: `The ${formatNumber(count, 'integer')} linear regions in a window of a plane, exactly. Lines bound the ${formatNumber(cells, 'integer')} activation patterns; neighbouring regions differ in colour, which means nothing else.`,
    alt: `A map of ${count} polygonal regions over the window from ${uRange.join(' to ')} and ${vRange.join(' to ')}. ${layers.map((layer) => `${layer.cells} cells behind ${layer.name}`).join(', ')}.`,
    table: Array.from(sizes, (area, r) => ({ region: r, area, cells: members[r] })),
  };
}

/** A colour for each region that no neighbour has, where there are enough of them. */
function regionColors(count: number, region: Int32Array, neighbours: Int32Array): Uint8Array {
  const beside = Array.from({ length: count }, () => new Set<number>());
  for (let i = 0; i < neighbours.length; i += 2) {
    const [a, b] = [region[neighbours[i]], region[neighbours[i + 1]]];
    if (a === b) continue;
    beside[a].add(b);
    beside[b].add(a);
  }
  const colors = new Uint8Array(count);
  for (let r = 0; r < count; r++) {
    const taken = new Set([...beside[r]].filter((other) => other < r).map((other) => colors[other]));
    const free = palette.findIndex((_, k) => !taken.has((k + r) % palette.length));
    colors[r] = (Math.max(0, free) + r) % palette.length;
  }
  return colors;
}
