import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelSession, startKernel } from '../src/run/kernel-session.ts';
import { notebooks, runCell, temporaryFolder } from './cells.ts';

/** What tslab does with a cell, for better or worse: what our notebooks, READMEs and packages are written for. */
describe('a cell', () => {
  let kernel: KernelSession;
  beforeAll(async () => {
    kernel = await startKernel({ folder: notebooks });
  });
  afterAll(() => kernel.shutdown());

  it('may await', async () => {
    expect(await runCell(kernel, 'const waited = await Promise.resolve(5); waited')).toMatchObject({ stdout: '5\n' });
  });

  it('prints the value of its last expression, unless that is null or undefined', async () => {
    expect((await runCell(kernel, '1;\n({ a: [1, 2] })')).stdout).toBe('{ a: [ 1, 2 ] }\n');
    expect((await runCell(kernel, 'null')).stdout).toBe('');
    expect((await runCell(kernel, '5;\nundefined')).stdout).toBe('');
  });

  it('may declare again what an earlier cell declared, with another type', async () => {
    await runCell(kernel, 'const again = 1; class Again { one = 1; }');
    await runCell(kernel, "const again = 'text'; class Again { two = 2; }");
    expect(await runCell(kernel, 'again.toUpperCase() + new Again().two')).toMatchObject({ stdout: 'TEXT2\n' });
  });

  it('that fails loses all its declarations, also those before the failure', async () => {
    await runCell(kernel, "const lost = 1; throw new Error('boom')");
    expect((await runCell(kernel, 'lost')).error).toMatch(/Cannot find name 'lost'/);
  });

  it('has require, and no import.meta, export, using or __dirname', async () => {
    expect(await runCell(kernel, "require('node:path').sep.length")).toMatchObject({ stdout: '1\n' });
    for (const code of ['import.meta.url', 'export const x = 1;', 'using y = null;']) {
      expect((await runCell(kernel, code)).status, code).toBe('error');
    }
    expect((await runCell(kernel, '__dirname')).error).toBe('__dirname is not defined');
  });

  it('that declares a class again changes, for the compiler, the type of variables of the old one', async () => {
    await runCell(kernel, 'class Twice { one = 1; } const twice = new Twice();');
    await runCell(kernel, 'class Twice { two = 2; }');
    expect((await runCell(kernel, 'twice.one')).error).toMatch(/Property 'one' does not exist on type 'Twice'/);
    // The value is what it was.
    expect((await runCell(kernel, 'console.log((twice as any).one, twice.two)')).stdout).toBe('1 undefined\n');
  });

  it('imports by relative path from a dist folder, not from sources', async () => {
    const built = "import { relu as near } from '../packages/core/dist/index.js'; near.value(-1)";
    expect(await runCell(kernel, built)).toMatchObject({ error: '', stdout: '0\n' });
    const source = "import { relu as far } from '../packages/core/src/index'; far.value(-1)";
    expect((await runCell(kernel, source)).status).toBe('error');
  });

  it('may start threads, and share memory with them', async () => {
    const cell = await runCell(
      kernel,
      `import { Worker } from 'node:worker_threads';
       const memory = new Int32Array(new SharedArrayBuffer(4));
       const code = 'const { workerData, parentPort } = require("node:worker_threads"); parentPort.postMessage(Atomics.add(workerData, 0, 3));';
       const thread = new Worker(code, { eval: true, workerData: memory });
       const before = await new Promise((resolve) => thread.once('message', resolve));
       console.log(before, memory[0]);`,
    );
    expect(cell).toMatchObject({ error: '', stdout: '0 3\n' });
  });

  it('gets no more types by a reference to a library', async () => {
    const cell = await runCell(kernel, '/// <reference lib="dom" />\ndocument.title');
    expect(cell.error).toMatch(/Cannot find name 'document'/);
  });

  it('that declares a global (`declare const`) sees it, while later cells see undefined', async () => {
    await runCell(kernel, '(globalThis as any).outside = 7; undefined');
    expect((await runCell(kernel, 'declare const outside: number; outside')).stdout).toBe('7\n');
    expect((await runCell(kernel, 'String(outside)')).stdout).toBe('undefined\n');
  });

  it('runs in the notebook’s folder', async () => {
    expect((await runCell(kernel, 'process.cwd()')).stdout).toBe(`${notebooks}\n`);
  });

  it('shows output at once, also that of a loop which does not yield', async () => {
    const sign = join(temporaryFolder(), 'sign');
    const code = `
      console.log('waiting');
      const end = Date.now() + 20_000;
      while (!require('node:fs').existsSync(${JSON.stringify(sign)})) if (Date.now() > end) throw new Error('no sign');`;
    const { status } = await kernel.execute(code, {
      onMessage: ({ type }) => type === 'stream' && writeFileSync(sign, ''),
    });
    expect(status).toBe('ok');
  });

  it('receives what an earlier cell prints late', async () => {
    const first = await runCell(
      kernel,
      `const timer = setInterval(() => {
         if (!(globalThis as any).go) return;
         clearInterval(timer);
         console.log('late');
       }, 5);`,
    );
    const second = await runCell(
      kernel,
      '(globalThis as any).go = true; await new Promise((resolve) => setTimeout(resolve, 100));',
    );
    expect([first.stdout, second.stdout]).toEqual(['', 'late\n']);
  });

  it('goes on after a rejection that nobody handles, which is only printed', async () => {
    const cell = await runCell(
      kernel,
      "void Promise.reject(new Error('lost')); await new Promise((resolve) => setTimeout(resolve, 20));",
    );
    expect(cell).toMatchObject({ status: 'ok', error: '' });
    expect(cell.stderr).toMatch(/^UnhandledPromiseRejection: Error: lost/);
    const thrown = await runCell(
      kernel,
      "setTimeout(() => { throw new Error('later'); }, 1); await new Promise((resolve) => setTimeout(resolve, 20));",
    );
    expect(thrown.stderr).toMatch(/^UncaughtException: Error: later/);
  });

  /** Presses the interrupt button as soon as the cell prints something. */
  async function interrupted(code: string): Promise<Readonly<Record<string, unknown>>> {
    const onMessage = ({ type }: { readonly type: string }): void => {
      if (type === 'stream') kernel.interrupt();
    };
    return (await kernel.execute(code, { stopOnError: false, onMessage })).content;
  }

  it('stops at once when interrupted while it computes, and the kernel lives', async () => {
    const reply = await interrupted("console.log('started'); while (true) {}");
    expect(reply).toMatchObject({ ename: 'Error', evalue: expect.stringMatching(/interrupted/) });
    expect(await runCell(kernel, "'alive'")).toMatchObject({ stdout: 'alive\n' });
  });

  it('stops waiting when interrupted, while what it waits for goes on', async () => {
    const reply = await interrupted(`
      setTimeout(() => { (globalThis as any).job = 'went on'; }, 200);
      setTimeout(() => console.log('started'), 50);
      await new Promise(() => {});`);
    expect(reply).toMatchObject({
      status: 'error',
      evalue: expect.stringMatching(/^Interrupted asynchronously\n.* goes on\. .*`signal: interruption\(\)`/),
    });
    // No frame of the kernel's own.
    expect((reply['traceback'] as string[]).join('\n')).toBe(`Error: ${String(reply['evalue'])}`);
    const later = await runCell(
      kernel,
      'await new Promise((resolve) => setTimeout(resolve, 300)); (globalThis as any).job',
    );
    expect(later.stdout).toBe('went on\n');
  });

  const training = `
    import { relu } from '@relu-lab/core';
    import { twoMoons } from '@relu-lab/datasets';
    import { adam, crossEntropy, mlp, train } from '@relu-lab/nn';
    import { interruption } from '@relu-lab/notebook';
    const network = mlp({ inputs: 2, hidden: [8], outputs: 2, activation: relu });
    const data = twoMoons();
    const run = await train(network, {
      data,
      loss: crossEntropy(),
      optimizer: adam(),
      epochs: 1_000_000,
      signal: interruption(),
      onProgress: ({ epoch }) => console.log(epoch),
    });`;

  it('that trains ends with what it has when it is interrupted', async () => {
    let epochs = 0;
    const { status } = await kernel.execute(training, {
      onMessage: ({ type }) => {
        // The first epoch is computed before the cell waits for anything.
        if (type === 'stream' && ++epochs === 5) kernel.interrupt();
      },
    });
    expect(status).toBe('ok');
    expect((await runCell(kernel, 'console.log(run.status, run.steps > 0)')).stdout).toBe('aborted true\n');
    // The next cell is interrupted on its own account.
    const next = 'const stop = interruption(); console.log(stop.aborted); await new Promise((r) => setTimeout(r, 50));';
    expect(await runCell(kernel, next)).toMatchObject({ status: 'ok', stdout: 'false\n' });
  });

  /** A wrong assignment of a value of each package: were its type lost, it would be `any`, and nothing would be wrong. */
  it.each([
    ['core', 'relu', 'relu'],
    ['core', 'forward', 'forward(relu, Float32Array.of(1))'],
    ['core', 'relu', 'relu.value(1)'],
    ['nn', 'mlp', 'mlp({ inputs: 1, hidden: [1], outputs: 1, activation: relu })'],
    ['nn', 'mlp', 'mlp({ inputs: 1, hidden: [1], outputs: 1, activation: relu }).predict(Float32Array.of(1))'],
    ['datasets', 'twoMoons', 'twoMoons().inputs'],
    ['analysis', 'sparsity', 'sparsity(null!, twoMoons()).layers[0].unitZeroFractions'],
    ['theory', 'moments', 'moments(relu).secondMoment'],
    ['sweep', 'openStore', 'openStore'],
    ['report', 'defineStudy', 'defineStudy'],
    ['notebook/kernel', 'installKernel', 'installKernel()'],
  ])('knows the types of @relu-lab/%s: %s in `%s`', async (name, thing, expression) => {
    const imports = [
      `import { relu } from '@relu-lab/core';`,
      `import { twoMoons } from '@relu-lab/datasets';`,
      ...(['relu', 'twoMoons'].includes(thing) ? [] : [`import { ${thing} } from '@relu-lab/${name}';`]),
    ].join('\n');
    const wrong = await runCell(kernel, `${imports}\nconst wrong: boolean = ${expression};`);
    expect(wrong.error).toMatch(/is not assignable to type 'boolean'/);
    expect(wrong.error.split('\n')).toHaveLength(1);
  });
});
