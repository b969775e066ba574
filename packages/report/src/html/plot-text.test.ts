import { describe, expect, it } from 'vitest';
import { scriptJson } from './escape.ts';
import { safePlotText } from './plot-text.ts';

describe('safePlotText', () => {
  it('leaves simple formatting, and shows every other tag', () => {
    expect(
      safePlotText({
        name: '<a href="https://x">away</a> <b>bold</b><br>x<sub>2</sub>',
        hovertemplate: '%{y}<extra></extra>',
        text: ['<b onclick="x">y</b>', 'a < b', 3, null],
      }),
    ).toEqual({
      name: '&lt;a href="https://x">away&lt;/a> <b>bold</b><br>x<sub>2</sub>',
      hovertemplate: '%{y}<extra></extra>',
      text: ['&lt;b onclick="x">y</b>', 'a &lt; b', 3, null],
    });
  });
});

describe('scriptJson', () => {
  it('cannot end its script, and is the same value', () => {
    const value = { a: '</script><!--<script>', b: '\u2028\u2029', c: [NaN] };
    const json = scriptJson(value);
    expect(json).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual({ ...value, c: [null] });
  });
});
