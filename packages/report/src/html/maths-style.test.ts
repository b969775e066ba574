import { describe, expect, it } from 'vitest';
import { texHtml } from '../prose/maths.ts';
import { mathsStyle } from './maths-style.ts';

const families = (tex: string): string[] =>
  [...mathsStyle(texHtml(tex, true)).matchAll(/font-family:(KaTeX_\w+);font-weight:(\d+);font-style:(\w+)/g)].map(
    ([, family = '', weight = '', style = '']) => `${family} ${weight} ${style}`,
  );

describe('mathsStyle', () => {
  it('is empty where there is no formula', () => {
    expect(mathsStyle('<p>none</p>')).toBe('');
  });

  it('has the fonts that a formula uses, in it, and no others', () => {
    expect(families('x + 1')).toEqual(['KaTeX_Main 400 normal', 'KaTeX_Math 400 italic']);
    expect(families('\\mathcal{L}')).toContain('KaTeX_Caligraphic 400 normal');
    expect(families('\\mathbb{E}')).toContain('KaTeX_AMS 400 normal');
    expect(families('\\mathbf{x}')).toContain('KaTeX_Main 700 normal');
    expect(families('\\Biggl( x')).toContain('KaTeX_Size4 400 normal');
    expect(families('x + 1')).not.toContain('KaTeX_AMS 400 normal');
    const style = mathsStyle(texHtml('x + 1', false));
    expect(style.length).toBeLessThan(90_000);
    expect(style.match(/url\((?!data:font\/woff2;base64,)/g)).toBeNull();
  });
});
