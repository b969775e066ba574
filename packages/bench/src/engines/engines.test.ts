import { moments } from '@relu-lab/theory';
import { activation } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { type Engine, runsBeforeResult } from '../engine.ts';
import { digest, uniform } from '../inputs.ts';
import { type TimedActivation, type Work } from '../work.ts';
import { tasks } from '../tasks.ts';
import { plainJavaScript } from './plain-javascript.ts';
import { reluLab } from './relu-lab.ts';

async function resultOf(engine: Engine, work: Work): Promise<readonly number[]> {
  const prepared = await engine.prepare(work);
  for (let i = 0; i < runsBeforeResult(work); i++) await prepared.run();
  const result = await prepared.result();
  prepared.drop?.();
  return result;
}

async function expectSame(work: Work): Promise<void> {
  const expected = await resultOf(reluLab({ name: 'reference' }), work);
  for (const engine of [reluLab({ name: 'wasm' }), plainJavaScript()]) {
    const found = await resultOf(engine, work);
    expect(found).toHaveLength(expected.length);
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  }
}

describe('our engine and plain JavaScript', () => {
  it('multiply to the same matrix', () => expectSame({ kind: 'matrix-product', n: 33 }));

  it.each<TimedActivation>(['relu', 'leaky-relu', 'elu', 'selu', 'sigmoid', 'tanh', 'silu'])('agree on %s', (name) =>
    expectSame({ kind: 'elementwise', activation: name, direction: 'forward', n: 1000 }),
  );

  it('train to the same loss', () => expectSame({ kind: 'step', widths: '5-16-16-3', rows: 32 }));

  it('say which work they do not do', () => {
    expect(() => plainJavaScript().prepare({ kind: 'normal', n: 4 })).toThrow(/normal is not written in plain/);
    expect(() => reluLab({}).prepare({ kind: 'limit', name: 'fma', n: 4 })).toThrow(/measured in C/);
    expect(() => reluLab({}).prepare({ kind: 'task', name: 'nap' })).toThrow(/no task 'nap'; there are moments/);
  });

  it('refuse a backend that cannot run, before anything is timed', () => {
    expect(() => reluLab({ name: 'wasm', build: 'nonsense' as never })).toThrow(/nonsense/);
  });
});

describe('a training step', () => {
  it('lowers the loss', async () => {
    const prepared = await reluLab({ name: 'wasm' }).prepare({ kind: 'step', widths: '2-16-16-2', rows: 32 });
    await prepared.run();
    const [first] = await prepared.result();
    for (let i = 0; i < 200; i++) await prepared.run();
    const [last] = await prepared.result();
    expect(last).toBeLessThan(first - 0.05);
  });
});

describe('the inputs of all engines', () => {
  // What peers/torch.py computes with NumPy from the same formula.
  it('are the numbers that Python has', () => {
    expect(Array.from(uniform(1, 3))).toEqual([0.1467951536178589, 0.17678749561309814, 0.40826737880706787]);
    expect(Array.from(uniform(103, 2, 4))).toEqual([2.8889737129211426, -1.5921196937561035]);
  });

  it('are spread evenly from −1 to 1', () => {
    const values = uniform(5, 20_000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    // Four standard errors of a uniform number.
    expect(Math.abs(mean)).toBeLessThan((4 * Math.sqrt(1 / 3)) / Math.sqrt(20_000));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it('give a digest that tells an array from one in another order, and from one of another size', () => {
    const values = uniform(1, 100);
    expect(digest(values.slice().reverse())[1]).not.toBeCloseTo(digest(values)[1], 3);
    expect(digest(values.map((value) => 2 * value))[0]).toBeCloseTo(2 * digest(values)[0], 5);
  });
});

describe('the tasks', () => {
  it('count as many cells on a plane as their rate says', async () => {
    const [cells] = await resultOf(reluLab({}), { kind: 'task', name: 'regions-on-plane' });
    expect(cells).toBe(tasks['regions-on-plane'].amount);
  });

  it('train the same whether or not somebody watches', async () => {
    const [plain] = await resultOf(reluLab({}), { kind: 'task', name: 'train' });
    const [watched] = await resultOf(reluLab({}), { kind: 'task', name: 'train-watched' });
    expect(watched).toBe(plain);
  });

  it('compute what theory computes', async () => {
    const [value] = await resultOf(reluLab({}), { kind: 'task', name: 'moments' });
    // One run after another, the variance moves by 0.001 and 1.
    expect(value).toBe(moments(activation('selu'), { mean: 0, variance: 1.001 }).secondMoment);
  });
});
