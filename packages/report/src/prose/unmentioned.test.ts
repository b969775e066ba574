import { describe, expect, it } from 'vitest';
import type { Report } from '../report.ts';
import { prosePieces } from './pieces.ts';
import { unmentioned } from './unmentioned.ts';

const code = `export default defineStudy({
  references: { lu2019: { title: 'Dying ReLU' } },
  figures: () => ({ 'fig-first-of-all': first }),
  tables: () => ({
    "tbl-a": a,
    ...more,
  }),
});
`;
const imports = [{ file: 'figures.ts', code: "\nexport const more = { 'fig-first': first };\n" }];

function notices(markdown: string, source?: Report['source']): readonly string[] {
  const shown = (id: string) => ({ id });
  const report = {
    prose: { file: 'study.md', markdown },
    claims: [],
    figures: ['fig-first', 'fig-first-of-all'].map(shown),
    tables: [shown('tbl-a')],
    references: { lu2019: { title: 'Dying ReLU' } },
    provenance: { clock: { figures: [], tables: [] } },
    ...(source && { source }),
  } as unknown as Report;
  return unmentioned(prosePieces(markdown), report, (line) => `study.md:${line}`).map(
    ({ place, message }) => `${place}: ${message.replace(/: .*/, '')}`,
  );
}

describe('unmentioned', () => {
  it('says in which line of the code what nobody speaks of is defined', () => {
    expect(notices('Text.', { file: 'study.ts', code, imports })).toEqual([
      "figures.ts:2: nothing refers to 'fig-first'",
      "study.ts:3: nothing refers to 'fig-first-of-all'",
      "study.ts:5: nothing refers to 'tbl-a'",
      "study.ts:2: nothing cites 'lu2019'",
    ]);
  });

  it('names it alone where the code is not known', () => {
    expect(notices('Text.')).toEqual([
      "fig-first: nothing refers to 'fig-first'",
      "fig-first-of-all: nothing refers to 'fig-first-of-all'",
      "tbl-a: nothing refers to 'tbl-a'",
      "lu2019: nothing cites 'lu2019'",
    ]);
  });

  it('says where prose places what it does not speak of, and which ids it gives for nothing', () => {
    const text = '## Why {#sec-why}\n\n## How {#sec-how}\n\n::: figure fig-first\n\n$$x$$ {#eq-x}\n\n';
    expect(notices(`${text}@fig-first-of-all, @tbl-a, @sec-how [@lu2019]`)).toEqual([
      "study.md:5: nothing refers to 'fig-first'",
      "study.md:1: nothing refers to 'sec-why'",
      "study.md:7: nothing refers to 'eq-x'",
    ]);
  });

  it('says nothing where everything is spoken of, or nothing is said', () => {
    expect(notices('@fig-first @fig-first-of-all @tbl-a [@lu2019]')).toEqual([]);
    expect(notices(' ')).toEqual([]);
  });
});
