import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = import.meta.dirname;
const studies = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes('study.ts'))
  .map(({ name }) => name);

/** What is expected of these, the function says that makes them. */
const statedByFunction: readonly string[] = [
  'initialisation/he-keeps-signals',
  'initialisation/xavier-halves-signals',
  'initialisation/pytorch-default-gradient',
];

interface StatedClaim {
  readonly id: string;
  /** What follows the id, up to the next claim. */
  readonly source: string;
}

/** The claims of a study as its sources state them: a result, from which `claims` makes them, is not there without running it. */
function claimsOf(study: string): readonly StatedClaim[] {
  const files = readdirSync(join(folder, study)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return files.flatMap((name) => {
    const [, ...parts] = readFileSync(join(folder, study, name), 'utf8').split(/\bid: '/);
    return parts.flatMap((source) => {
      const id = source.slice(0, source.indexOf("'"));
      return id === study ? [] : [{ id, source }];
    });
  });
}

describe.each(studies)('the claims of %s', (study) => {
  const claims = claimsOf(study);

  it('are found', () => {
    expect(claims.length).toBeGreaterThan(5);
  });

  it('each say which verdict is expected', () => {
    const silent = claims.filter(({ source }) => !/\bexpected: /.test(source)).map(({ id }) => `${study}/${id}`);
    expect(silent.filter((reference) => !statedByFunction.includes(reference))).toEqual([]);
  });

  it('each have a rule that is tried on made-up results', () => {
    const tests = readFileSync(join(folder, study, 'claims.test.ts'), 'utf8');
    expect(claims.filter(({ id }) => !tests.includes(`'${id}'`)).map(({ id }) => id)).toEqual([]);
  });
});
