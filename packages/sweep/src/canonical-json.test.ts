import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, contentHash } from './canonical-json.ts';
import { SweepError } from './errors.ts';

describe('canonicalJson', () => {
  it('writes the example of RFC 8785, section 3.2.3', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, as the RFC’s example does', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toEqual([4, 2, 6, 7, 1, 5, 3]);
    expect(canonicalJson(value).indexOf('"\\r"')).toBeLessThan(canonicalJson(value).indexOf('"1"'));
  });

  it('keeps the value, and does not mind the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(text);
      }),
    );
  });

  const cycle: Record<string, unknown> = { name: 'a' };
  cycle['children'] = [{ parent: cycle }];

  it.each([
    [{ layers: [{ width: 3 }, { width: NaN }] }, 'parameters.layers[1].width is NaN'],
    [{ rate: Infinity }, 'parameters.rate is Infinity'],
    [{ activation: () => 1 }, 'parameters.activation is a function'],
    [{ count: 3n }, 'parameters.count is a bigint'],
    [{ key: Symbol('a') }, 'parameters.key is a symbol'],
    [{ alpha: undefined }, 'parameters.alpha is undefined; leave it out, or write null'],
    [[1, , 3], 'parameters[1] is undefined'],
    [{ day: new Date(0) }, 'parameters.day is a Date; use plain objects and arrays'],
    [{ x: new Float32Array(2) }, 'parameters.x is a Float32Array'],
    [new Map([['a', 1]]), 'parameters is a Map'],
    [cycle, 'parameters.children[0].parent contains itself'],
  ])('refuses what JSON would drop or change, and names the path: %s', (value, message) => {
    expect(() => canonicalJson(value, 'parameters')).toThrow(SweepError);
    expect(() => canonicalJson(value, 'parameters')).toThrow(message);
  });

  it('takes the same object twice, where there is no cycle', () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });
});

describe('contentHash', () => {
  it('is SHA-256 of that text', () => {
    // printf '{"a":[1,2.5],"b":null}' | sha256sum
    expect(contentHash({ b: null, a: [1, 2.5] })).toBe(
      'f66b2c50ccae61e3f2445d2439f42efc245581b18ed184ce5d3c22fb58eed9c4',
    );
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}
