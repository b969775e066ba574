import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { thrownAt } from './errors.ts';

describe('thrownAt', () => {
  const stack = [
    'TypeError: no length',
    '    at median (/lab/node_modules/statistics/index.js:7:1)',
    '    at run (/lab/reports/mine/parts/run.ts:12:34)',
    '    at async Object.run (file:///lab/reports/mine/study.ts:6:44)',
    '    at file:///lab/node_modules/@relu-lab/report/dist/build-study.js:85:28',
  ].join('\n');
  const error = Object.assign(new TypeError('no length'), { stack });

  it('is the innermost line of the code in the folder', () => {
    expect(thrownAt(error, '/lab/reports/mine')).toBe('parts/run.ts:12');
    expect(thrownAt(error, '/lab')).toBe('reports/mine/parts/run.ts:12');
    expect(thrownAt(error, '/lab/reports/min')).toBeUndefined();
    expect(thrownAt(error, '/elsewhere')).toBeUndefined();
    expect(thrownAt('a word', '/lab')).toBeUndefined();
  });

  it('reads the stacks that this engine writes', () => {
    const here = fileURLToPath(import.meta.url);
    expect(thrownAt(new Error('x'), dirname(here))).toMatch(/^errors\.test\.ts:\d+$/);
  });
});
