import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Host } from './host.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-host-'));
const script = join(folder, 'engine.cjs');

beforeAll(() => {
  writeFileSync(
    script,
    `const lines = require('node:readline').createInterface({ input: process.stdin });
     lines.on('line', (line) => {
       console.log('a library greets');
       if (line === 'info') console.log('> info {"engine":"1.2"}');
       else if (line.startsWith('prepare 0')) console.log('> ready [1.5]');
       else if (line.startsWith('prepare 1')) console.log('> failed there is no GELU');
       else if (line.startsWith('run')) console.log('> took 0.25 0.5');
       else { console.error('Error: out of luck'); process.exit(3); }
     });`,
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

function start(): Host {
  return Host.start({ program: process.execPath, arguments: [script] });
}

describe('a host', () => {
  it('asks in lines, and does not listen to what libraries print', async () => {
    const host = start();
    expect(await host.info()).toEqual({ engine: '1.2' });
    expect(await host.prepare(0, { kind: 'matrix-product', n: 2 })).toEqual([1.5]);
    expect(await host.run(0, 10)).toEqual({ cpu: 0.25, wall: 0.5 });
    host.stop();
  });

  it('says why an engine refuses, and goes on', async () => {
    const host = start();
    await expect(host.prepare(1, { kind: 'normal', n: 2 })).rejects.toThrow('there is no GELU');
    expect(host.running).toBe(true);
    host.stop();
  });

  it('says how a process ended, with the error that it printed, to every later question too', async () => {
    const host = start();
    await expect(host.drop(0)).rejects.toThrow('ended with code 3: Error: out of luck');
    await expect(host.run(0, 1)).rejects.toThrow('ended with code 3');
    expect(host.running).toBe(false);
  });

  it('says that a program is not there', async () => {
    const host = Host.start({ program: join(folder, 'nobody'), arguments: [] });
    await expect(host.info()).rejects.toThrow(/ENOENT/);
  });
});
