import { pageColors, type ThemeName, figureInks } from '../figures/theme.ts';
import { escapeHtml } from '../html/escape.ts';
import { palette } from '../figures/palette.ts';

/** A drawing without a theme: all its colours are those of a light page. */
export interface Drawing {
  /** Everything within Plotly's outermost element. */
  readonly content: string;
  readonly width: number;
  readonly height: number;
}

/** The colours that follow the theme, as Plotly writes the light ones. */
const followers: readonly (readonly [written: string, name: string])[] = [
  ...figureInks,
  ...palette.map(({ name }) => `series-${name}`),
].map((name) => [rgb(pageColors.light[name] ?? ''), name] as const);

/** What all of these say is what there is without them. */
const idle =
  /(?:vector-effect: none|white-space: pre|fill-opacity: 1|stroke-opacity: 1|stop-opacity: 1|opacity: 1|stroke-miterlimit: 2|font-family: [^;"]*|font-style: normal|font-variant: normal|font-weight: normal|text-transform: none|text-decoration: none|text-shadow: none);? ?/g;

/** Plotly's picture without what depends on chance or says nothing. */
export function finishDrawing(svg: string): Drawing {
  const size = /<svg[^>]*\swidth="([\d.]+)"[^>]*\sheight="([\d.]+)"/.exec(svg);
  const content = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/ style="([^"]*)"/g, (_all, style: string) => {
      const left = style.replace(idle, '').trim().replace(/;$/, '');
      return left === '' ? '' : ` style="${left}"`;
    })
    .replace(/ (?:xmlns(?::xlink)?|class|data-[a-z]+|pointer-events)="[^"]*"/g, '')
    .replace(/ d="[^"]*"/g, (path) => path.replace(/\d+\.\d\d+/g, tenths))
    // A pattern has its colours in attributes, where a variable has no meaning.
    .replace(/<(rect|path)((?: (?!style=)[\w-]+="[^"]*")*) (fill|stroke)="(rgb\([^)]*\))"/g, '<$1$2 style="$3: $4"');
  return { content, width: Number(size?.[1] ?? 0), height: Number(size?.[2] ?? 0) };
}

/** To a tenth of a pixel: more than that is not seen, and makes files larger. */
function tenths(number: string): string {
  return String(Math.round(Number(number) * 10) / 10);
}

/** The drawing as a file of its own, in a theme, on a page of that theme's colour. */
export function svgFile(drawing: Drawing, theme: ThemeName, words: string): string {
  const { width, height } = drawing;
  const colors = pageColors[theme];
  const content = renamed(drawing.content, 'f').replace(/rgb\(\d+, \d+, \d+\)/g, (color) => {
    const name = nameOf(color);
    return name === undefined ? color : (colors[name] ?? color);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="DejaVu Sans, Verdana, Arial, sans-serif"><title>${escapeHtml(words)}</title><rect width="${width}" height="${height}" fill="${colors['page'] ?? ''}"/>${content}</svg>\n`;
}

/** The drawing as a part of a page, whose colours it takes; what reads aloud passes over it. */
export function svgInPage({ content, width, height }: Drawing, prefix: string): string {
  const inPage = renamed(content, prefix).replace(/rgb\(\d+, \d+, \d+\)(?=[;"])/g, (color, at: number, all: string) => {
    const name = nameOf(color);
    return name === undefined || all[at - 1] === '"' ? color : `var(--${name})`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" style="height:${height}px" aria-hidden="true" focusable="false">${inPage}</svg>`;
}

/** Ids by their order instead of Plotly's, which are the same in no two drawings. */
function renamed(content: string, prefix: string): string {
  const ids = [...content.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
  const used = new Set(
    [...content.matchAll(/url\(['"]?(?:&quot;)?#([^'"&)]+)|href="#([^"]+)"/g)].map(
      ([, url, href]) => url ?? href ?? '',
    ),
  );
  const names = new Map(ids.map((id, i) => [id, `${prefix}-${i}`]));
  return content
    .replace(/ id="([^"]+)"/g, (_all, id: string) => (used.has(id) ? ` id="${names.get(id) ?? id}"` : ''))
    .replace(
      /url\(['"]?(?:&quot;)?#([^'"&)]+)(?:&quot;)?['"]?\)/g,
      (_all, id: string) => `url(#${names.get(id) ?? id})`,
    )
    .replace(/href="#([^"]+)"/g, (_all, id: string) => `href="#${names.get(id) ?? id}"`);
}

function nameOf(color: string): string | undefined {
  return followers.find(([written]) => written === color)?.[1];
}

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}
