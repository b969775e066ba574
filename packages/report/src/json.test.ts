import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJson, writeJson } from './json.ts';

describe('toJson', () => {
  it('writes what JSON has no number for as strings that Number() reads back', () => {
    const written = toJson({ x: [NaN, Infinity, -Infinity, 1.5] });
    expect(written).toEqual({ x: ['NaN', 'Infinity', '-Infinity', 1.5] });
    expect(written.x.map(Number)).toEqual([NaN, Infinity, -Infinity, 1.5]);
  });

  it('takes typed arrays as arrays, -0 as 0, and leaves out what is undefined', () => {
    expect(JSON.stringify(toJson({ x: Float32Array.of(0.5, -0), y: undefined, z: [undefined] }))).toBe(
      '{"x":[0.5,0],"z":[null]}',
    );
  });

  it('refuses what is no plain data, and says where', () => {
    expect(() => toJson({ traces: [{ x: () => 1 }] })).toThrow('value.traces[0].x is no plain data but a function');
    expect(() => toJson({ when: new Date() })).toThrow('value.when is no plain data but an object of a class');
    expect(() => toJson({ n: 1n })).toThrow('value.n is no plain data but a bigint');
  });

  it('keeps a key that is called __proto__ a key', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"polluted": 1}}');
    expect(JSON.stringify(toJson(hostile))).toBe('{"__proto__":{"polluted":1}}');
  });
});

describe('writeJson', () => {
  it('is read back by JSON.parse, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(writeJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('puts plain arrays on one line', () => {
    expect(writeJson({ a: [1, 2], b: [{ c: null }], d: {} })).toBe(
      '{\n  "a": [1, 2],\n  "b": [\n    {\n      "c": null\n    }\n  ],\n  "d": {}\n}\n',
    );
  });
});
