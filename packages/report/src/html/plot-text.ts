/** The tags that a label may use. Plotly knows more, such as links; they are shown as text. */
const richText = /<(?!\/?(?:b|i|em|sub|sup|extra|br)\s*\/?>)/gi;

/** A trace or layout in which every text is safe to hand to Plotly: simple formatting stays, every other tag is shown. */
export function safePlotText(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(richText, '&lt;');
  if (Array.isArray(value)) return value.map(safePlotText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, safePlotText(item)]));
}
