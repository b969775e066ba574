/** One colour of the palette: on a light page, and its counterpart on a dark one. */
export interface PaletteColor {
  readonly name: string;
  readonly light: string;
  readonly dark: string;
}

/**
 * The colours of series. Okabe and Ito's colours for all kinds of colour vision, with two replaced: yellow, too pale for
 * a line on white, by brown; black, invisible on a dark page, by a slate that turns silver. Figures hold the light ones; a
 * dark page exchanges them when it draws.
 *
 * @see Okabe & Ito 2008, https://jfly.uni-koeln.de/color/
 */
export const palette: readonly PaletteColor[] = [
  { name: 'blue', light: '#0072b2', dark: '#3a86d8' },
  { name: 'vermillion', light: '#d55e00', dark: '#e2622a' },
  { name: 'green', light: '#009e73', dark: '#17a67c' },
  { name: 'purple', light: '#cc79a7', dark: '#d98fbb' },
  { name: 'orange', light: '#e69f00', dark: '#efa51f' },
  { name: 'sky', light: '#56b4e9', dark: '#8cd3f8' },
  { name: 'brown', light: '#7a4a2b', dark: '#b08d57' },
  { name: 'slate', light: '#3c424b', dark: '#dadfe5' },
];

/** `rgba(0,114,178,0.2)` of `#0072b2`: the form that a dark page recognises, for bands. */
export function translucent(color: string, opacity: number): string {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `rgba(${channels.join(',')},${opacity})`;
}
