import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One of KaTeX's fonts. */
interface Face {
  readonly family: string;
  readonly isBold: boolean;
  readonly isItalic: boolean;
  /** Name of its file. */
  readonly file: string;
}

interface Sheet {
  readonly faces: readonly Face[];
  /** Every rule but those of the fonts. */
  readonly rules: string;
  readonly folder: string;
}

let sheet: Sheet | undefined;

/**
 * The style sheet of the formulas in this HTML, with the fonts in it that they use, and no others; empty where there is no
 * formula.
 */
export function mathsStyle(html: string): string {
  if (!html.includes('class="katex"')) return '';
  sheet ??= readSheet();
  const { faces, rules, folder } = sheet;
  const styles = usedStyles(rules, classesIn(html));
  const families = new Set(styles.map(({ family }) => family));
  const fonts = faces.filter(
    (face) =>
      families.has(face.family) &&
      (['isBold', 'isItalic'] as const).every(
        (trait) =>
          !face[trait] || styles.some((style) => style[trait] && (style.family ?? face.family) === face.family),
      ),
  );
  return [...fonts.map((face) => faceRule(face, folder)), rules].join('\n');
}

function readSheet(): Sheet {
  const file = createRequire(import.meta.url).resolve('katex/dist/katex.min.css');
  const css = readFileSync(file, 'utf8');
  const faces = [...css.matchAll(/@font-face\{([^}]*)\}/g)].map(([, text = '']): Face => {
    const value = (pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';
    return {
      family: value(/font-family:"?([^;"]+)/),
      isBold: value(/font-weight:([^;]+)/) === '700',
      isItalic: value(/font-style:([^;]+)/) === 'italic',
      file: value(/fonts\/([\w-]+\.woff2)/),
    };
  });
  return { faces, rules: css.replace(/@font-face\{[^}]*\}/g, ''), folder: join(dirname(file), 'fonts') };
}

function classesIn(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' ')));
}

/** What the rules say of fonts whose classes are all there; without a family it holds for any. */
function usedStyles(
  rules: string,
  classes: ReadonlySet<string>,
): readonly { readonly family: string | undefined; readonly isBold: boolean; readonly isItalic: boolean }[] {
  const applies = (selectors: string): boolean =>
    selectors
      .split(',')
      .some((selector) => [...selector.matchAll(/\.([\w-]+)/g)].every(([, name = '']) => classes.has(name)));
  return [...rules.matchAll(/([^{}]+)\{([^}]*)\}/g)].flatMap(([, selectors = '', body = '']) => {
    if (!/font/.test(body) || !applies(selectors)) return [];
    return [
      {
        family: /KaTeX_\w+/.exec(body)?.[0],
        isBold: /font-weight:(?:700|bold)/.test(body),
        isItalic: /font-style:italic/.test(body),
      },
    ];
  });
}

function faceRule({ family, isBold, isItalic, file }: Face, folder: string): string {
  const data = readFileSync(join(folder, file)).toString('base64');
  return `@font-face{font-family:${family};font-weight:${isBold ? 700 : 400};font-style:${isItalic ? 'italic' : 'normal'};font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}
