import { palette } from './palette.ts';

/** How a series is drawn: a colour, and a second channel for those who do not tell colours apart. */
export interface SeriesStyle {
  /** A light colour of the palette. */
  readonly color: string;
  /** Plotly's line dash. */
  readonly dash: string;
  /** Plotly's marker symbol. */
  readonly marker: string;
  /** Plotly's pattern of a bar; empty for none. */
  readonly pattern: string;
}

const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot'];
const markers = ['circle', 'square', 'diamond', 'triangle-up', 'x', 'triangle-down', 'cross', 'star'];
const patterns = ['', '/', '\\', 'x', '-', '|', '+', '.'];

/** Number of styles before one comes again: every colour with each of three dashes. */
const styleCount = palette.length * 3;

/**
 * Style k: colours first, so that up to eight series differ in colour; dashes, markers and patterns go on at their own
 * pace, so that neighbours differ in those too.
 */
function style(k: number): SeriesStyle {
  const round = Math.floor(k / palette.length);
  const at = k % palette.length;
  return {
    color: palette[at].light,
    dash: dashes[(at + 2 * round) % dashes.length],
    marker: markers[(at + 3 * round) % markers.length],
    pattern: patterns[(at + 5 * round) % patterns.length],
  };
}

/**
 * The style of each activation in the catalogue, the same in every figure of every report. Those that are usually
 * compared differ in colour; a relative of one of them has its colour, and another dash and marker.
 */
const styleOfActivation: ReadonlyMap<string, number> = new Map(
  Object.entries({
    relu: 0,
    selu: 1,
    prelu: 2,
    tanh: 3,
    elu: 4,
    'leaky-relu': 5,
    sigmoid: 6,
    maxout: 7,
    relu6: 8,
    gelu: 9,
    mish: 10,
    'hard-swish': 11,
    celu: 12,
    rrelu: 13,
    'hard-sigmoid': 14,
    identity: 15,
    abs: 16,
    silu: 17,
    softplus: 18,
  }),
);

/**
 * A style for each name. Activations have their own; any other name starts from a hash of itself, so that it tends to be
 * the same from figure to figure, and takes the next style that this figure does not use yet.
 *
 * @param names - the series of one figure.
 */
export function seriesStyles(names: Iterable<string>): ReadonlyMap<string, SeriesStyle> {
  const distinct = [...new Set(names)];
  const chosen = new Map<string, number>();
  for (const name of distinct) {
    const own = styleOfActivation.get(name);
    if (own !== undefined) chosen.set(name, own);
  }
  const usedColors = new Set([...chosen.values()].map((k) => k % palette.length));
  const used = new Set(chosen.values());
  for (const name of distinct) {
    if (chosen.has(name)) continue;
    const start = hash(name) % palette.length;
    const candidates = Array.from({ length: styleCount }, (_, i) => {
      const round = Math.floor(i / palette.length);
      return round * palette.length + ((start + i) % palette.length);
    });
    const k =
      candidates.find((candidate) => !usedColors.has(candidate % palette.length)) ??
      candidates.find((candidate) => !used.has(candidate)) ??
      start;
    chosen.set(name, k);
    used.add(k);
    usedColors.add(k % palette.length);
  }
  return new Map(distinct.map((name) => [name, style(chosen.get(name) ?? 0)]));
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
