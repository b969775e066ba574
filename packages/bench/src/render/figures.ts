import { type Figure, type LinePoint, type SeriesStyle, linesWithBands, seriesStyles } from '@relu-lab/report';
import type { ContenderId } from '../contenders.ts';
import { entryAt, ratioBetween } from '../lookup.ts';
import type { Results } from '../results.ts';
import { spreadOf } from '../statistics.ts';
import { steps } from '../suites.ts';
import { amountOf, networkName } from '../work.ts';
import { bestTorch, reasonNotToCount } from './in-short.ts';

const compared: readonly ContenderId[] = ['native', 'wasm-relaxed', 'wasm-simd', 'jax-js', 'tfjs-wasm'];

interface StepPoint {
  readonly network: string;
  readonly contender: string;
  readonly speed: number;
  /** Quartiles over rounds; null where there are none. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the core was shared in most rounds. */
  readonly shared: boolean;
}

/** Training steps against PyTorch: a line a network, a mark an engine; nothing without PyTorch. */
export function stepsFigure(results: Results): Figure | undefined {
  const points = stepPoints(results);
  if (points.length === 0) return undefined;
  const networks = [...new Set(points.map(({ network }) => network))];
  const engines = [...new Set(points.map(({ contender }) => contender))];
  const styles = engineStyles(results);
  const reason = reasonNotToCount(results);
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
          array: own.map(({ speed, high }) => (high ?? speed) - speed),
          arrayminus: own.map(({ speed, low }) => speed - (low ?? speed)),
          color,
        },
        marker: { color, symbol: own.map(({ shared }) => (shared ? `${marker}-open` : marker)), size: 11 },
      };
    }),
    layout: {
      height: 180 + 44 * networks.length,
      xaxis: {
        type: 'log',
        dtick: 1,
        title: { text: `times as fast as PyTorch${reason === null ? '' : `; does not count: ${reason}`}` },
      },
      yaxis: { type: 'category', categoryorder: 'array', categoryarray: [...networks].reverse() },
      shapes: [
        { type: 'line', xref: 'x', yref: 'paper', x0: 1, x1: 1, y0: 0, y1: 1, line: { dash: 'dot', width: 1.5 } },
      ],
    },
    caption: `Training steps against PyTorch, the better of 1 and 2 threads: medians, and quartiles over rounds.${points.some(({ shared }) => shared) ? ' Hollow: in most rounds another hyperthread computed on the same core.' : ''}${reason === null ? '' : ` **None of it counts**: ${reason}.`}`,
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
      const { value, quartiles, shared = false } = ratioBetween(entry, torch);
      return [
        {
          network: `${networkName(widths)}, batch ${rows}`,
          contender: label.get(id) ?? id,
          speed: value,
          low: quartiles?.[0] ?? null,
          high: quartiles?.[1] ?? null,
          shared,
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
    xTicks: [...new Set(points.map(({ x }) => x))],
    styles: engineStyles(results),
    caption: 'Matrix products in float32: medians, and quartiles over rounds as bands.',
    alt: 'Lines of billions of floating point operations a second against the size of square matrices from 64 to 1024, one line an engine.',
  });
}

/** One style an engine in both pictures. */
function engineStyles(results: Results): ReadonlyMap<string, SeriesStyle> {
  const label = labelsOf(results);
  return seriesStyles(multipliers.map((id) => label.get(id) ?? id));
}

function labelsOf({ contenders }: Results): ReadonlyMap<string, string> {
  return new Map(contenders.map(({ id, label }) => [id, label]));
}
