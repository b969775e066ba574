import { describe, expect, it } from 'vitest';
import { arrange } from './arrange.ts';
import { prosePieces } from './pieces.ts';
import { type ResolvedProse, resolveProse } from './resolve.ts';

const inventory = { figures: ['fig-a', 'fig-b', 'fig-c'], tables: ['tbl-a'] };

function resolve(source: string): ResolvedProse {
  const pieces = prosePieces(source);
  return resolveProse(pieces, {
    place: (line) => `study.md:${line}`,
    scope: { parameters: { seeds: 5 } },
    ...arrange(pieces, inventory),
    failed: [{ place: 'fig-broken', message: 'boom' }],
    works: ['lu2019', 'he2015'],
  });
}

describe('arrange', () => {
  it('numbers what prose places first, and appends what it leaves out', () => {
    const { appended, numbers, claimsInProse } = arrange(
      prosePieces('::: figure fig-c\n::: figure fig-a\n'),
      inventory,
    );
    expect([...numbers]).toEqual([
      ['fig-c', 1],
      ['fig-a', 2],
      ['fig-b', 3],
      ['tbl-a', 1],
    ]);
    expect(appended).toEqual([
      { name: 'figure', id: 'fig-b' },
      { name: 'table', id: 'tbl-a' },
    ]);
    expect(claimsInProse).toBe(false);
  });
});

describe('resolveProse', () => {
  it('numbers references as figures stand in the page, and citations as they come', () => {
    const { pieces, cited, problems } = resolve('@fig-a [@he2015; @lu2019] [@lu2019]\n\n::: figure fig-b\n');
    expect(problems).toEqual([]);
    expect(pieces.filter(({ kind }) => kind !== 'text')).toEqual([
      { kind: 'reference', id: 'fig-a', text: 'Figure 2' },
      {
        kind: 'citation',
        works: [
          { key: 'he2015', number: 1 },
          { key: 'lu2019', number: 2 },
        ],
      },
      { kind: 'citation', works: [{ key: 'lu2019', number: 2 }] },
      { kind: 'block', name: 'figure', id: 'fig-b' },
    ]);
    expect(cited).toEqual(['he2015', 'lu2019']);
  });

  it.each([
    ['a\nb @fig-z', 2, "there is no figure 'fig-z'; did you mean 'fig-a'? There are fig-a, fig-b, fig-c"],
    ['@tbl-zzzzzzzz', 1, /there is no table 'tbl-zzzzzzzz'/],
    ['[@lu2018]', 1, /there is no reference 'lu2018'; did you mean 'lu2019'/],
    ['\n\n{{ parameters.sedes }}', 3, /there is no 'sedes' in parameters; did you mean 'seeds'/],
    ['{{ parameters.seeds | nope }}', 1, /there is no filter 'nope'/],
    ['::: figure fig-zz', 1, /there is no figure 'fig-zz'/],
    ['::: table fig-a', 1, "'fig-a' is no table"],
    ['::: figure fig-a\n::: figure fig-a', 2, "'fig-a' cannot stand in the page twice"],
    ['::: claims\n::: claims', 2, 'the claims cannot stand in the page twice'],
    ['{{ }}', 1, '{{ }} names no value'],
    ['a\n$\\frac{1}$', 2, /this TeX cannot be read: .*Unexpected end of input/],
    ['$\\nosuch$', 1, /Undefined control sequence: \\nosuch/],
    ['$$a$$ {#eq-a}\n\n$$b$$ {#eq-a}', 3, "two equations have the id 'eq-a'"],
    ['## A {#sec-a}\n\n## B {#sec-a}', 3, "two sections have the id 'sec-a'"],
    ['see @eq-a', 1, "there is no equation 'eq-a'; there are none"],
    ['@eq-none', 1, /there is no equation 'eq-none'/],
    ['# One\n@sec-tow', 2, /there is no section 'sec-tow'; did you mean 'sec-one'/],
    ['::: note\ntext', 1, /nothing closes this '::: note'/],
  ])('reports %j with file and line', (source, line, message) => {
    const { problems, pieces } = resolve(source);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.place).toBe(`study.md:${line}`);
    expect(problems[0]?.message).toMatch(message);
    expect(pieces).toContainEqual(expect.objectContaining({ kind: 'problem', problem: problems[0] }));
  });

  it('shows a figure that could not be made in its place, and counts it once', () => {
    const { pieces, problems } = resolve('See @fig-broken.\n\n::: figure fig-broken\n');
    expect(problems).toEqual([]);
    expect(pieces.filter(({ kind }) => kind !== 'text')).toEqual([
      { kind: 'reference', id: 'fig-broken', text: 'Figure ?' },
      { kind: 'problem', problem: { place: 'fig-broken', message: 'boom' }, within: 'page' },
    ]);
  });
});
