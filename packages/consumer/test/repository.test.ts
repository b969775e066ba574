import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './repository.ts';
import { run } from './run.ts';

it('the repository compiles with TypeScript 7, although tslab brings a command of the same name', async () => {
  const { stdout } = await run(repository, join(repository, 'node_modules', '.bin', 'tsc'), '--version');
  expect(stdout.trim()).toBe('Version 7.0.2');
});
