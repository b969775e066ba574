import { type Figure, type LinePoint, linesWithBands, seriesStyles } from '@relu-lab/report';
import type { ContenderId } from '../contenders.ts';
import { entryAt } from '../lookup.ts';
import type { Results } from '../results.ts';
import { ratioOf, spreadOf } from '../statistics.ts';
import { steps } from '../suites.ts';
import { amountOf, networkName } from '../work.ts';
import { bestTorch } from './in-short.ts';

const compared: readonly ContenderId[] = ['native', 'wasm-relaxed', 'wasm-simd', 'jax-js', 'tfjs-wasm'];

interface StepPoint {
  readonly network: string;
  readonly contender: string;
  readonly speed: number;
  readonly low: number;
  readonly high: number;
}

/** Training steps against PyTorch: a line a network, a mark an engine; nothing without PyTorch. */
export function stepsFigure(results: Results): Figure | undefined {
  const points = stepPoints(results);
  if (points.length === 0) return undefined;
  const networks = [...new Set(points.map(({ network }) => network))];
  const engines = [...new Set(points.map(({ contender }) => contender))];
  const styles = seriesStyles(engines);
  return {
    data: engines.map((name) => {
      const own = points.filter(({ contender }) => contender === name);
      const { color, marker } = styles.get(name) ?? {};
      return {
        type: 'scatter' as const,
        mode: 'markers',
        name,
        x: own.map(({ speed }) => speed),
        y: own.map(({ network }) => network),
        error_x: {
          type: 'data',
          symmetric: false,
          array: own.map(({ speed, high }) => high - speed),
          arrayminus: own.map(({ speed, low }) => speed - low),
          color,
        },
        marker: { color, symbol: marker, size: 11 },
      };
    }),
    layout: {
      height: 180 + 44 * networks.length,
      xaxis: { type: 'log', dtick: 1, title: { text: 'times as fast as PyTorch' } },
      yaxis: { type: 'category', categoryorder: 'array', categoryarray: [...networks].reverse() },
      shapes: [
        { type: 'line', xref: 'x', yref: 'paper', x0: 1, x1: 1, y0: 0, y1: 1, line: { dash: 'dot', width: 1.5 } },
      ],
    },
    caption: 'Training steps against PyTorch, the better of 1 and 2 threads: medians, and quartiles over rounds.',
    alt: 'Marks on a logarithmic axis, a line a network and a mark an engine: how many times as fast as PyTorch a training step is. A dotted line marks 1, as fast as PyTorch.',
    table: points.map((point) => ({ ...point })),
  };
}

function stepPoints(results: Results): readonly StepPoint[] {
  const label = labelsOf(results);
  return steps.flatMap(({ widths, rows }) => {
    const work = { kind: 'step', widths, rows } as const;
    const torch = bestTorch(results, work);
    if (!torch) return [];
    return compared.flatMap((id) => {
      const entry = entryAt(results, id, work);
      if (!entry) return [];
      const { value, lowerQuartile, upperQuartile } = ratioOf(entry.seconds, torch.seconds);
      return [
        {
          network: `${networkName(widths)}, batch ${rows}`,
          contender: label.get(id) ?? id,
          speed: value,
          low: lowerQuartile,
          high: upperQuartile,
        },
      ];
    });
  });
}

const multipliers: readonly ContenderId[] = [
  'native',
  'wasm-relaxed',
  'wasm-simd',
  'jax-js',
  'tfjs-wasm',
  'onnxruntime',
  'torch-1',
];

/** Speed of matrix products by size; nothing where there are none. */
export function productsFigure(results: Results): Figure | undefined {
  const label = labelsOf(results);
  const points = results.entries.flatMap(({ contender, work, seconds }): readonly LinePoint[] => {
    if (work.kind !== 'matrix-product' || !multipliers.some((id) => id === contender)) return [];
    const operations = (amountOf(work)?.value ?? NaN) / 1e9;
    const { lowerQuartile, median, upperQuartile } = spreadOf(seconds);
    return [
      {
        series: label.get(contender) ?? contender,
        x: work.n,
        y: operations / median,
        interval: [operations / upperQuartile, operations / lowerQuartile],
      },
    ];
  });
  if (points.length === 0) return undefined;
  return linesWithBands({
    points,
    xTitle: 'n, of two n × n matrices',
    yTitle: 'GFLOP/s',
    xScale: 'log',
    caption: 'Matrix products in float32: medians, and quartiles over rounds as bands.',
    alt: 'Lines of billions of floating point operations a second against the size of square matrices from 64 to 1024, one line an engine.',
  });
}

function labelsOf({ contenders }: Results): ReadonlyMap<string, string> {
  return new Map(contenders.map(({ id, label }) => [id, label]));
}
