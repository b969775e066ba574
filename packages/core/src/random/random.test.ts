import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../errors.ts';
import { random } from './random.ts';
import type { RandomStream } from './stream.ts';

function at(seed: number, path: readonly string[]): RandomStream {
  return path.reduce((stream, name) => stream.stream(name), random(seed));
}

function times<Value>(count: number, draw: () => Value): Value[] {
  return Array.from({ length: count }, draw);
}

const seeds = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const paths = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 4 });

describe('random', () => {
  it('starts seed 0 with the published first block of Philox under a zero key', () => {
    const stream = random(0);
    // 6627e8d5 e169c58d bc57ac4c 9b00dbd8: 27 bits of the first word of a pair, 26 of the second.
    expect(stream.uniform()).toBe(((0x6627e8d5 >>> 5) * 2 ** 26 + (0xe169c58d >>> 6)) / 2 ** 53);
    expect(stream.uniform()).toBe(((0xbc57ac4c >>> 5) * 2 ** 26 + (0x9b00dbd8 >>> 6)) / 2 ** 53);
  });

  // Computed in Python, in whole numbers of any size, from the description at the head of random.ts. Python's logarithm,
  // sine and cosine are its C library's, so the normal numbers may differ in their last places.
  it.each([
    {
      seed: 42,
      path: ['weights'],
      uniform: [0.8040607251998686, 0.5660003084235946, 0.9739412841962273, 0.8666845371210713],
      normal: [-0.9849661336160342, 0.13119948396259232, 1.0130572727191194, -0.8723035170376378],
      integer: [1, 7, 3, 4, 4, 2, 5, 7, 7, 2],
      wide: 6400658531,
      permutation: [8, 7, 9, 0, 4, 3, 1, 6, 5, 2],
    },
    {
      seed: 42,
      path: ['weights', 'layer 1'],
      uniform: [0.6344718753688436, 0.09234703725349946, 0.06415392430687372, 0.5836179615593265],
      normal: [-0.2089726982502114, -1.5914782642819438, -0.9549633827638953, 0.22677902432534863],
      integer: [8, 6, 2, 7, 7, 8, 5, 5, 7, 4],
      wide: 6870083362,
      permutation: [1, 3, 6, 2, 9, 4, 5, 7, 8, 0],
    },
    {
      seed: 2 ** 53 - 1,
      path: ['Gewichte für α 🎲'],
      uniform: [0.8994248586829882, 0.8079599950027226, 0.05148756012806921, 0.04581803515298655],
      normal: [-0.2829173162725687, 0.5521260459712238, -0.20754187896672727, -0.49760639424076764],
      integer: [5, 3, 0, 2, 0, 1, 0, 6, 4, 1],
      wide: 2441734854,
      permutation: [4, 9, 7, 8, 3, 5, 2, 6, 0, 1],
    },
  ])('draws the recorded numbers from seed $seed, stream $path', (golden) => {
    const stream = at(golden.seed, golden.path);
    expect(times(4, () => stream.uniform())).toEqual(golden.uniform);
    const normal = times(4, () => stream.normal());
    golden.normal.forEach((expected, i) => expect(normal[i]).toBeCloseTo(expected, 14));
    expect(times(10, () => stream.integer(10))).toEqual(golden.integer);
    expect(stream.integer(2 ** 33)).toBe(golden.wide);
    expect([...at(golden.seed, golden.path).permutation(10)]).toEqual(golden.permutation);
  });

  it.each([-1, 0.5, NaN, Infinity, 2 ** 53, '1' as unknown as number])('refuses the seed %s', (seed) => {
    expect(() => random(seed)).toThrow(ParameterError);
    expect(() => random(seed)).toThrow(/whole number from 0 to 2\^53 − 1; got/);
  });

  it('uses all 53 bits of the seed', () => {
    const first = [0, 1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52, 2 ** 53 - 1].map((seed) => random(seed).uniform());
    expect(new Set(first).size).toBe(first.length);
  });
});

describe('a named stream', () => {
  it('is the same whatever was drawn before, above, beside or below it', () => {
    fc.assert(
      fc.property(seeds, paths, fc.nat({ max: 9 }), (seed, path, draws) => {
        const root = random(seed);
        times(draws, () => root.uniform() + root.normal() + root.integer(3));
        times(draws, () => root.stream('another').normal());
        const here = path.reduce((stream, name) => {
          stream.stream(`${name}, the neighbour`).permutation(draws);
          return stream.stream(name);
        }, root);
        times(draws, () => here.stream('below').normal());
        const fresh = at(seed, path);
        if (path.length > 0) {
          expect(times(5, () => here.normal())).toEqual(times(5, () => fresh.normal()));
          expect(times(5, () => here.uniform())).toEqual(times(5, () => fresh.uniform()));
        }
      }),
    );
  });

  it('differs from the stream of any other path', () => {
    // prettier-ignore
    const names = [
      [], [''], ['', ''], ['a', 'b'], ['ab'], ['a/b'], ['b', 'a'], ['a'], ['a\0'], ['\0a'], ['A'], ['abcd'],
      ['abcde'], ['abcd', 'e'], ['abcd\0'], ['e', 'abcd'], ['\ud800'], ['\ufffd'],
    ];
    const first = names.map((path) => at(7, path).uniform());
    expect(new Set(first).size).toBe(names.length);
    fc.assert(
      fc.property(seeds, paths, paths, (seed, one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(at(seed, one).uniform()).not.toBe(at(seed, other).uniform());
      }),
    );
  });

  it('changes half of its bits when one bit of its name or seed changes', () => {
    // 53 bits of the first draw; 400 pairs. Each bit flips with probability ½, so the count of flips has mean 10 600 and
    // deviation √(400 · 53)/2 = 72.8; the bound is 4 deviations (two-sided chance 6·10⁻⁵).
    const flips = (a: number, b: number): number => {
      const difference = BigInt(a * 2 ** 53) ^ BigInt(b * 2 ** 53);
      return difference.toString(2).replaceAll('0', '').length;
    };
    let byName = 0;
    let bySeed = 0;
    for (let i = 0; i < 400; i++) {
      const name = `layer ${i}`;
      const near = String.fromCharCode((name.charCodeAt(i % name.length) ^ (1 << (i % 7))) & 0xffff);
      const changed = name.slice(0, i % name.length) + near + name.slice((i % name.length) + 1);
      byName += flips(random(1).stream(name).uniform(), random(1).stream(changed).uniform());
      const bit = 2 ** (i % 53);
      const seed = i * 7_777_777;
      const other = Math.floor(seed / bit) % 2 === 0 ? seed + bit : seed - bit;
      bySeed += flips(random(seed).stream('x').uniform(), random(other).stream('x').uniform());
    }
    expect(Math.abs(byName - 10_600)).toBeLessThan(4 * 72.8);
    expect(Math.abs(bySeed - 10_600)).toBeLessThan(4 * 72.8);
  });

  it('counts uniform, normal and whole numbers apart', () => {
    const mixed = random(3).stream('mixed');
    const drawn = times(20, () => [mixed.integer(1000), mixed.normal(), mixed.integer(7), mixed.uniform()]);
    const normals = random(3).stream('mixed');
    expect(drawn.map((row) => row[1])).toEqual(times(20, () => normals.normal()));
    const uniforms = random(3).stream('mixed');
    expect(drawn.map((row) => row[3])).toEqual(times(20, () => uniforms.uniform()));
  });
});

describe('fillUniform and fillNormal', () => {
  it('draw exactly what repeated single draws would, from any point on', () => {
    fc.assert(
      fc.property(seeds, fc.nat({ max: 5 }), fc.nat({ max: 9 }), fc.boolean(), (seed, before, length, single) => {
        const filled = random(seed).stream('numbers');
        const drawn = random(seed).stream('numbers');
        times(before, () => [filled.uniform(), filled.normal(), drawn.uniform(), drawn.normal()]);
        const out = single ? new Float32Array(length) : new Float64Array(length);
        const round = single ? Math.fround : (x: number): number => x;
        filled.fillUniform(out, -2, 5);
        expect([...out]).toEqual(times(length, () => round(drawn.uniform(-2, 5))));
        filled.fillNormal(out, 1, 3);
        expect([...out]).toEqual(times(length, () => round(drawn.normal(1, 3))));
        expect(filled.uniform()).toBe(drawn.uniform());
        expect(filled.normal()).toBe(drawn.normal());
      }),
    );
  });
});

describe('ranges and parameters', () => {
  it('uniform stays in [low, high) even where rounding would reach high', () => {
    const stream = random(5);
    for (let i = 0; i < 2000; i++) {
      const value = stream.uniform(1, 1 + 2 ** -52);
      expect(value).toBe(1);
    }
    const [least, most] = [stream.uniform(-1e308, -1e307), stream.uniform(0, Number.MIN_VALUE)];
    expect(least).toBeLessThan(-1e307);
    expect(most).toBe(0);
  });

  it('a deviation of 0 gives the mean', () => {
    expect(random(1).normal(2.5, 0)).toBe(2.5);
  });

  it('integer(1) is 0, and a permutation of nothing is empty', () => {
    expect(random(1).integer(1)).toBe(0);
    expect([...random(1).permutation(0)]).toEqual([]);
    expect([...random(1).permutation(1)]).toEqual([0]);
  });

  it('integers are whole and in range for every size of range', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seed, below) => {
        const value = random(seed).integer(below);
        expect(Number.isInteger(value) && value >= 0 && value < below).toBe(true);
      }),
    );
  });

  it('a permutation holds every number once', () => {
    fc.assert(
      fc.property(seeds, fc.nat({ max: 200 }), (seed, length) => {
        expect([...random(seed).permutation(length)].sort((a, b) => a - b)).toEqual(
          times(length, () => 0).map((_, i) => i),
        );
      }),
    );
  });

  it.each([
    ['uniform(1, 1)', () => random(1).uniform(1, 1), /low < high; got low 1 and high 1/],
    ['uniform(2, 1)', () => random(1).uniform(2, 1), /low < high/],
    ['uniform(NaN)', () => random(1).uniform(NaN), /low NaN/],
    ['uniform(0, Infinity)', () => random(1).uniform(0, Infinity), /high Infinity/],
    ['fillUniform(…, 3, 2)', () => random(1).fillUniform(new Float32Array(2), 3, 2), /low < high/],
    ['normal(0, −1)', () => random(1).normal(0, -1), /deviation of at least 0; got mean 0 and deviation -1/],
    ['normal(NaN)', () => random(1).normal(NaN), /mean NaN/],
    ['normal(0, Infinity)', () => random(1).normal(0, Infinity), /deviation Infinity/],
    ['fillNormal(…, 0, NaN)', () => random(1).fillNormal(new Float32Array(2), 0, NaN), /deviation NaN/],
    ['integer(0)', () => random(1).integer(0), /from 1 to 2\^53 − 1.*got 0/],
    ['integer(2.5)', () => random(1).integer(2.5), /got 2.5/],
    ['integer(2^53)', () => random(1).integer(2 ** 53), /got 9007199254740992/],
    ['permutation(−1)', () => random(1).permutation(-1), /got -1/],
    ['permutation(1.5)', () => random(1).permutation(1.5), /got 1.5/],
  ])('refuses %s', (_, draw, message) => {
    expect(draw).toThrow(ParameterError);
    expect(draw).toThrow(message);
  });
});
