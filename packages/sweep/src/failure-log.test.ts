import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobFailure } from './executor.ts';
import { logFailure, readFailures } from './failure-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'failures-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function failure(id: string, message: string): JobFailure {
  const experiment = { module: 'file:///decay.ts', export: 'runDecay' };
  return {
    status: 'failed',
    job: { id, experiment, parameters: { rate: 2 }, seed: 1 },
    error: { name: 'Error', message },
    seconds: 1.5,
  };
}

describe('the log of failures', () => {
  it('has a line for every failure, and the last of each job counts', () => {
    expect(readFailures(folder).size).toBe(0);
    logFailure(folder, failure('a', 'first'));
    logFailure(folder, failure('b', 'line one\nline two'));
    logFailure(folder, failure('a', 'second'));
    const lines = readFileSync(join(folder, 'failures.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      ...{ id: 'a', experiment: 'decay#runDecay', parameters: { rate: 2 }, seed: 1, seconds: 1.5 },
      error: { name: 'Error', message: 'first' },
    });
    expect(readFailures(folder).get('a')).toMatchObject({ error: { message: 'second' }, seconds: 1.5 });
    expect(readFailures(folder).get('b')).toMatchObject({ error: { message: 'line one\nline two' } });
  });

  it('goes on after a line that a crash has torn, which counts as none', () => {
    logFailure(folder, failure('a', 'whole'));
    const file = join(folder, 'failures.jsonl');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"b","err`);
    logFailure(folder, failure('c', 'after'));
    expect([...readFailures(folder).keys()]).toEqual(['a', 'c']);
  });
});
