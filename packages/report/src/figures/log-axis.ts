/** Up to this many powers of ten, the axis also names 2 and 5 times a power. */
const fewDecades = 3;

/** Plotly's logarithmic axis for these values: every power of ten is named, and more only where there is room. */
export function logAxis(values: readonly number[]): Readonly<Record<string, unknown>> {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const decades = positive.length === 0 ? 0 : Math.log10(Math.max(...positive) / Math.min(...positive));
  const few = decades <= fewDecades;
  return { type: 'log', dtick: few ? 'D2' : 1, exponentformat: 'power', minorloglabels: 'complete' };
}
