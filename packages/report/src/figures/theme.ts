import { palette } from './palette.ts';

/** Light and dark pages. */
export const themeNames = ['light', 'dark'] as const;

/** One of {@link themeNames}. */
export type ThemeName = (typeof themeNames)[number];

/** The colours of a page by what they are for. The style sheet has each as `--name`. */
export const pageColors: Readonly<Record<ThemeName, Readonly<Record<string, string>>>> = {
  light: {
    page: '#ffffff',
    raised: '#f7f8f9',
    text: '#1d2127',
    muted: '#59636e',
    line: '#e1e5e9',
    grid: '#e9ecef',
    link: '#0b5fa5',
    supported: '#0a7350',
    'only-if': '#5546b0',
    inconclusive: '#59636e',
    refuted: '#b0410a',
    problem: '#b3001b',
    'problem-page': '#fdf1f2',
    shade: '#1d212733',
    ...seriesColors('light'),
  },
  dark: {
    page: '#15181c',
    raised: '#1c2026',
    text: '#e3e6ea',
    muted: '#9ba5b0',
    line: '#2d333a',
    grid: '#282e35',
    link: '#7cb8f0',
    supported: '#4cc596',
    'only-if': '#b0a3f5',
    inconclusive: '#9ba5b0',
    refuted: '#f28a55',
    problem: '#ff8a96',
    'problem-page': '#2a171b',
    shade: '#000000cc',
    ...seriesColors('dark'),
  },
};

/** Those that figures are drawn with, besides the palette. White is none of them: it also stands on coloured cells. */
export const figureInks = ['text', 'muted', 'line', 'grid'] as const;

function seriesColors(theme: ThemeName): Readonly<Record<string, string>> {
  return Object.fromEntries(palette.map((color) => [`series-${color.name}`, color[theme]]));
}
