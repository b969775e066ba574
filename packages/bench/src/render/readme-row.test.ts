import { ParameterError } from '@relu-lab/core';
import { describe, expect, it } from 'vitest';
import { madeUpResults } from '../../test/made-up-results.ts';
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

  it('need a place', () => {
    expect(() => withSpeed('Nothing here.', madeUpResults())).toThrow(ParameterError);
  });
});
