import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { markdownTable } from './table.ts';

describe('markdownTable', () => {
  const html = new MarkdownIt().render(
    markdownTable(
      [
        { key: 'engine', label: 'engine' },
        { key: 'share', label: 'share | of peak', format: 'fixed2' },
      ],
      [
        { engine: '<b>C</b> | 1', share: 0.7512 },
        { engine: 'wasm', share: null },
      ],
    ),
  );

  it('is a table to a reader of Markdown, whatever is in its cells', () => {
    expect(html.match(/<tr>/g)).toHaveLength(1 + 2);
    expect(html).toContain('&lt;b&gt;C&lt;/b&gt; | 1');
    expect(html).toContain('share | of peak');
  });

  it('writes numbers in their formats, flush right, and an en dash for what is missing', () => {
    expect(html).toContain('<td style="text-align:right">0.75</td>');
    expect(html).toContain('<td style="text-align:right">–</td>');
  });
});
