import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';
import { suiteNames } from './results.ts';

describe('the command line', () => {
  it('runs all suites against everybody by default', () => {
    expect(readOptions([])).toMatchObject({ suites: suiteNames, peers: true, json: false, effort: { rounds: 15 } });
  });

  it('takes suites in their own order, and rounds', () => {
    expect(readOptions(['--only', 'steps,matmul', '--rounds', '5'])).toMatchObject({
      suites: ['matmul', 'steps'],
      effort: { rounds: 5 },
    });
  });

  it('understands --no-peers also as a task runner hands it on', () => {
    for (const form of ['--no-peers', '--no-peers=true', '--peers=false']) {
      expect(readOptions([form])).toMatchObject({ peers: false });
    }
    expect(readOptions(['--quick=true', '--json=true'])).toMatchObject({ json: true, effort: { rounds: 3 } });
  });

  it('says what there is when asked for what there is not', () => {
    expect(() => readOptions(['--only', 'speed'])).toThrow(/no suite speed; there are limits, matmul/);
    expect(() => readOptions(['--rounds', '0'])).toThrow(/at least 1, not '0'/);
    expect(() => readOptions(['--faster'])).toThrow(/--faster/);
  });
});
