import { type ElementwiseActivation, ParameterError } from '@relu-lab/core';
import { formatNumber } from '../number-format.ts';
import type { Figure } from './figure.ts';
import { seriesStyles } from './series-style.ts';
import type { Layout, Trace } from './trace.ts';

/** Options of {@link activationCurves}. */
export interface ActivationCurvesOptions {
  /** From −`reach` to `reach`, or further where a kink lies further out. Default 4. */
  readonly reach?: number;
  /** Panels beside each other. Default: as many as make a square, at most 5. */
  readonly columns?: number;
}

const samples = 121;

/** Letters of a panel's name that stand in one line. */
const longestLine = 12;

/**
 * Each activation with its derivative, in a panel of its own and in the colour that it has in every figure: the function solid, the
 * derivative dashed, and at each kink, where there is none, a dot for the value that is taken.
 *
 * @throws ParameterError when there is no activation, or `reach` or `columns` make no sense.
 */
export function activationCurves(
  activations: readonly Pick<ElementwiseActivation, 'name' | 'kinks' | 'value' | 'derivative'>[],
  options: ActivationCurvesOptions = {},
): Figure {
  const { reach = 4, columns = Math.min(5, Math.ceil(Math.sqrt(activations.length))) } = options;
  if (activations.length === 0) throw new ParameterError('activationCurves needs at least one activation');
  if (!(reach > 0 && reach < Infinity)) throw new ParameterError(`reach must be a number above 0, not ${reach}`);
  if (!(Number.isInteger(columns) && columns > 0)) {
    throw new ParameterError(`columns must be a whole number from 1, not ${columns}`);
  }
  const styles = seriesStyles(activations.map(({ name }) => name));
  const curves = activations.map((activation) => curve(activation, reach));
  return {
    data: curves.flatMap((one, k) => panel(k, one, styles.get(one.name)?.color)),
    layout: layoutOf(
      activations.map(({ name }) => name),
      columns,
    ),
    caption:
      activations.length === 1
        ? `${activations[0].name} (solid) and its derivative (dashed, with a dot at kinks).`
        : 'Each activation (solid) and its derivative (dashed, with a dot at kinks), on axes of its own.',
    alt: `${activations.length === 1 ? 'A plot' : 'Small plots'} of ${activations.map(({ name }) => name).join(', ')}: the function and its derivative around 0${inWords(curves)}.`,
    table: curves.flatMap(({ name, x, values, slopes }) =>
      x.flatMap((at, i) =>
        i % 10 === 0 ? [{ activation: name, x: at, value: values[i], derivative: slopes[i] }] : [],
      ),
    ),
  };
}

interface Curve {
  readonly name: string;
  readonly x: readonly number[];
  readonly values: readonly number[];
  /** null at kinks, so that a jump is not drawn as a slope. */
  readonly slopes: readonly (number | null)[];
  readonly kinks: readonly { readonly x: number; readonly derivative: number }[];
}

function curve(
  { name, kinks, value, derivative }: Parameters<typeof activationCurves>[0][number],
  reach: number,
): Curve {
  const end = Math.max(reach, ...kinks.map((kink) => 1.5 * Math.abs(kink)));
  const grid = Array.from({ length: samples }, (_, i) => end * ((2 * i) / (samples - 1) - 1));
  const x = [...new Set([...grid, ...kinks])].sort((a, b) => a - b);
  return {
    name,
    x,
    values: x.map((at) => value(at)),
    slopes: x.map((at) => (kinks.includes(at) ? null : derivative(at))),
    kinks: kinks.map((at) => ({ x: at, derivative: derivative(at) })),
  };
}

function panel(k: number, { name, x, values, slopes, kinks }: Curve, color = ''): readonly Trace[] {
  const common = { type: 'scatter', xaxis: `x${suffix(k)}`, yaxis: `y${suffix(k)}`, showlegend: false } as const;
  return [
    { ...common, mode: 'lines', name: `${name}: φ`, x, y: values, line: { color, width: 2.5 } },
    { ...common, mode: 'lines', name: `${name}: φ′`, x, y: slopes, line: { color, dash: 'dash', width: 1.75 } },
    ...(kinks.length === 0
      ? []
      : [
          {
            ...common,
            mode: 'markers',
            name: `${name}: φ′ at the kink`,
            x: kinks.map((kink) => kink.x),
            y: kinks.map((kink) => kink.derivative),
            marker: { color, size: 6 },
          },
        ]),
  ];
}

function layoutOf(names: readonly string[], columns: number): Layout {
  const rows = Math.ceil(names.length / columns);
  // On a phone a panel is some 70 pixels wide when there are five beside each other.
  const nticks = columns > 3 ? 3 : 5;
  return {
    grid: { rows, columns, pattern: 'independent', xgap: 0.2, ygap: rows > 1 ? 0.35 : 0.2 },
    annotations: names.map((name, k) => ({
      text: inLines(name),
      font: { size: columns > 3 ? 9 : 10 },
      align: 'left',
      showarrow: false,
      xref: `x${suffix(k)} domain`,
      yref: `y${suffix(k)} domain`,
      x: 0,
      y: 1.02,
      xanchor: 'left',
      yanchor: 'bottom',
    })),
    ...Object.fromEntries(
      names.flatMap((_, k) => [
        [`xaxis${suffix(k)}`, { nticks, tickangle: 0, zeroline: true, automargin: false }],
        [`yaxis${suffix(k)}`, { nticks: 5, zeroline: true, automargin: false }],
      ]),
    ),
    margin: { l: 34, r: 10, t: 30, b: 30 },
    height: rows === 1 ? 300 : 40 + 170 * rows,
  };
}

/** A long name in two lines, cut where a word ends near its middle. */
function inLines(name: string): string {
  const spaces = Array.from(name.matchAll(/ /g), ({ index }) => index);
  if (name.length <= longestLine || spaces.length === 0) return name;
  const middle = name.length / 2;
  const cut = spaces.reduce((best, at) => (Math.abs(at - middle) < Math.abs(best - middle) ? at : best));
  return `${name.slice(0, cut)}<br>${name.slice(cut + 1)}`;
}

/** Plotly counts axes x, x2, x3, … */
function suffix(k: number): string {
  return k === 0 ? '' : String(k + 1);
}

function inWords(curves: readonly Curve[]): string {
  if (curves.length > 1) return '';
  const [{ x, values }] = curves;
  const written = (at: number): string => formatNumber(at, 'significant3');
  return `, from ${written(values[0])} at ${written(x[0])} to ${written(values[values.length - 1])} at ${written(x[x.length - 1])}`;
}
