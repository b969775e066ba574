/** Up to this many powers of ten, an axis also names 2 and 5 times a power: labels take more room across than upwards. */
const fewDecades = { x: 1.2, y: 3 } as const;

/** Up to this many powers of ten are named; beyond it every second, every third … */
const manyDecades = 10;

/** Plotly's logarithmic axis for these values: powers of ten are named, and more only where there is room. */
export function logAxis(axis: 'x' | 'y', values: readonly number[]): Readonly<Record<string, unknown>> {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = positive.length === 0 ? [1, 1] : [Math.min(...positive), Math.max(...positive)];
  const decades = Math.log10(high / low);
  const few = decades <= fewDecades[axis];
  // Within less than a factor of 5 there may be neither 1, 2 nor 5 times a power: Plotly then finds steps by itself.
  const dtick = high / low < 5 ? {} : { dtick: few ? 'D2' : Math.ceil(decades / manyDecades) };
  const plain = few && low >= 1e-4 && high < 1e5;
  return { type: 'log', ...dtick, exponentformat: plain ? 'none' : 'power', minorloglabels: 'complete' };
}
