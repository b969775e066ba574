import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { madeUpResults } from '../../test/made-up-results.ts';
import type { Entry } from '../results.ts';
import { withSpeed } from './readme-row.ts';

const readme = 'Before.\n\n<!-- speed: written by npm run bench -->\n\nold\n\n<!-- /speed -->\n\nAfter.\n';

describe('the speeds in the README', () => {
  it('take the place of the old ones, and nothing else', () => {
    const made = withSpeed(readme, madeUpResults());
    expect(made).toMatch(/^Before\.\n\n<!-- speed/);
    expect(made).toMatch(/<!-- \/speed -->\n\nAfter\.\n$/);
    expect(made).not.toContain('old');
    expect(withSpeed(made, madeUpResults())).toBe(made);
  });

  it('are ratios to the better PyTorch', () => {
    const line = withSpeed(readme, madeUpResults())
      .split('\n')
      .find((one) => one.startsWith('| 2-64-64-2, batch 128'));
    expect(line).toContain('× 1.1');
  });

  it('say in words, by the numbers, whose steps are faster and whose are slower', () => {
    const { contenders, entries } = madeUpResults();
    const step = (widths: string, rows: number, contender: string, seconds: readonly number[]): Entry => ({
      ...{ suite: 'steps', comparison: widths, contender, work: { kind: 'step', widths, rows } },
      ...{ clock: 'cpu', runs: 1, seconds },
    });
    const wide = (native: readonly number[]): string =>
      withSpeed(
        readme,
        madeUpResults({
          contenders,
          entries: [
            ...entries,
            step('784-256-256-10', 128, 'torch-1', [1e-3, 1e-3]),
            step('784-256-256-10', 128, 'native', native),
          ],
        }),
      );
    expect(wide([9e-4, 9e-4])).toContain(
      'A training step is faster here on one thread than in PyTorch on the better of one and two for 2-64-64-2, ' +
        'faster with the optional native accelerator for 784-256-256-10 ([all',
    );
    expect(wide([8e-4, 1.2e-3])).toContain(
      'about as fast with the optional native accelerator for 784-256-256-10 ([all',
    );
    expect(wide([2e-3, 2e-3])).toContain('one and two for 2-64-64-2, slower for 784-256-256-10 ([all');
  });

  it('are marked where the core was shared in most rounds', () => {
    const results = madeUpResults();
    expect(withSpeed(readme, results)).not.toContain('†');
    const shared = results.entries.map((entry) => ({ ...entry, sharedRounds: 3 }));
    expect(withSpeed(readme, { ...results, entries: shared })).toMatch(
      /× 1\.1† [^]*† In most rounds another hyperthread/,
    );
  });

  it('need a place', () => {
    expect(() => withSpeed('Nothing here.', madeUpResults())).toThrow(ParameterError);
  });
});
