import { describe, expect, it } from 'vitest';
import { madeUpResults } from '../test/made-up-results.ts';
import { busyProcessors, thisMachine, wasQuiet } from './machine.ts';

describe('the machine', () => {
  it('sees work that other processes do', async () => {
    const { spawn } = await import('node:child_process');
    const busy = spawn(process.execPath, ['-e', 'for (;;);']);
    try {
      // Who else runs counts as well, so the busier the machine, the more.
      expect(await busyProcessors(400)).toBeGreaterThan(0.3);
    } finally {
      busy.kill('SIGKILL');
    }
  });

  it('was quiet while others took a quarter of it at most', () => {
    const { machine } = madeUpResults();
    expect([0, 0.5, 0.6].map((load) => wasQuiet({ ...machine, load }))).toEqual([true, true, false]);
  });

  it('says which it is', () => {
    expect(thisMachine(0.25)).toMatchObject({ node: process.versions.node, load: 0.25 });
  });
});
