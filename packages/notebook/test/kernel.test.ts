import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { kernelProgram } from '../src/kernel/kernel-program.ts';
import { createConnection } from '../src/run/connection.ts';
import { KernelError } from '../src/run/kernel-error.ts';
import { type KernelSession, startKernel } from '../src/run/kernel-session.ts';
import { notebooks, runCell, runWhenOpen, temporaryFolder } from './cells.ts';

/** What the kernel adds to tslab's. */
describe('the kernel', () => {
  let kernel: KernelSession;
  beforeAll(async () => {
    kernel = await startKernel({ folder: notebooks });
  });
  afterAll(() => kernel.shutdown());

  it('numbers each cell before anything else is said of it', async () => {
    const [first, second] = [await runCell(kernel, 'console.log(1)'), await runCell(kernel, 'console.log(2)')];
    const count = Number(first.reply['execution_count']);
    expect(first.messages[0]).toMatchObject({
      type: 'execute_input',
      content: { code: 'console.log(1)', execution_count: count },
    });
    expect(second.messages[0].content).toMatchObject({ execution_count: count + 1 });
    expect(second.reply).toMatchObject({ status: 'ok', execution_count: count + 1 });
  });

  it('says what was thrown, by name, message and traceback, in the error message and in the reply', async () => {
    const cell = await runCell(kernel, "function deep(): void {\n  throw new RangeError('boom');\n}\ndeep();");
    const error = cell.messages.find(({ type }) => type === 'error')?.content;
    expect(error).toMatchObject({ ename: 'RangeError', evalue: 'boom' });
    expect(cell.reply).toMatchObject({ status: 'error', ...error });
    expect(cell.stderr).toBe('');
    const traceback = (error?.['traceback'] as string[]).join('\n');
    expect(traceback).toMatch(/RangeError: boom\n +at deep /);
    expect(traceback).not.toMatch(/tslab|node:|complete-messages/);
  });

  it('keeps what the cell itself wrote to stderr apart from the error', async () => {
    const cell = await runCell(kernel, "console.error('careful'); throw new Error('boom')");
    expect([cell.stderr, cell.error]).toEqual(['careful\n', 'boom']);
  });

  it('says what was thrown after an await, and when it was no error', async () => {
    const later = 'await new Promise((resolve) => setTimeout(resolve, 5));';
    expect((await runCell(kernel, `${later} throw new TypeError('late')`)).reply).toMatchObject({ ename: 'TypeError' });
    expect((await runCell(kernel, "throw 'words'")).reply).toMatchObject({ ename: 'Error', evalue: 'words' });
    expect((await runCell(kernel, 'throw { a: 1 }')).error).toBe('{ a: 1 }');
  });

  it('runs the cell after one that may fail, also when it waits already', async () => {
    const [failed, next] = await Promise.all([
      runCell(kernel, "throw new Error('on purpose')"),
      runCell(kernel, "console.log('ran')"),
    ]);
    expect([failed.status, next.status, next.stdout]).toEqual(['error', 'ok', 'ran\n']);
  });

  it('says of a cell that waits behind one that must not fail that it was aborted', async () => {
    const [failed, next] = await Promise.all([
      runCell(kernel, "throw new Error('not on purpose')", true),
      runCell(kernel, "console.log('ran')"),
    ]);
    expect([failed.status, next.status, next.stdout]).toEqual(['error', 'aborted', '']);
    expect((await runWhenOpen(kernel, '1')).status).toBe('ok');
  });

  it('checks cells strictly, and says where they are wrong', async () => {
    const cell = await runCell(kernel, "const box: { value?: number } = {};\nbox.value.toFixed();\n'a' * 2");
    expect(cell.reply).toMatchObject({ status: 'error', ename: 'CompileError' });
    expect(cell.error).toMatch(/^2:1 - 'box\.value' is possibly 'undefined'\.\n3:1 - /);
  });

  it('finds the variables of earlier cells wherever they stand', async () => {
    await runCell(kernel, 'const box = { value: 1, deep: { list: [1, 2] } }; const other = 2; let target = 0;');
    for (const [code, expected] of [
      ['({ other })', '{ other: 2 }\n'],
      ['(() => ({ box, a: 1, other }))().other', '2\n'],
      ['({ target } = { target: 5 }); target', '5\n'],
      ['({ target = other } = {} as { target?: number }); target', '2\n'],
      ['const { value: renamed } = box; renamed', '1\n'],
      ['const { deep: { list: [first] }, ...rest } = box; console.log(first, rest)', '1 { value: 1 }\n'],
      ['for (const { value: each } of [box]) console.log(each);', '1\n'],
      ['[box].map(({ value: each = other }) => each)', '[ 1 ]\n'],
      ['({ value: target } = box); target', '1\n'],
    ]) {
      expect(await runCell(kernel, code), code).toMatchObject({ error: '', stdout: expected });
    }
  });

  it('says that a package does not exist', async () => {
    const cell = await runCell(kernel, "import { x } from '@relu-lab/no-such-package'; x");
    expect(cell.error).toMatch(/@relu-lab\/no-such-package is not installed/);
  });
});

describe('packages of other kinds', () => {
  const modern = {
    name: 'modern',
    version: '1.0.0',
    type: 'module',
    exports: { './part': { types: './part.d.ts', default: './part.js' } },
  };
  const unbuilt = { name: '@relu-lab/core', version: '0.1.0', type: 'module', main: './dist/index.js' };
  const built = { ...unbuilt, main: './index.js', types: './index.d.ts' };
  const waiting = { name: 'waiting', version: '1.0.0', type: 'module', main: './index.js', types: './index.d.ts' };
  const files = {
    'node_modules/modern/package.json': JSON.stringify(modern),
    'node_modules/modern/part.d.ts': 'export declare const answer: number;',
    'node_modules/modern/part.js': 'export const answer = 42;',
    'node_modules/@relu-lab/core/package.json': JSON.stringify(unbuilt),
    // What stands between a cell and the package that is not built: in a repository this is a link to a folder of any name.
    'node_modules/@relu-lab/nn/package.json': JSON.stringify({ ...built, name: '@relu-lab/nn' }),
    'node_modules/@relu-lab/nn/index.d.ts': 'export declare const relu: number;',
    'node_modules/@relu-lab/nn/index.js': "export { relu } from '@relu-lab/core';",
    'packages/theory/package.json': JSON.stringify({ ...unbuilt, name: '@relu-lab/theory' }),
    'node_modules/@relu-lab/analysis/package.json': JSON.stringify({ ...built, name: '@relu-lab/analysis' }),
    'node_modules/@relu-lab/analysis/index.d.ts': 'export declare const relu: number;',
    'node_modules/@relu-lab/analysis/index.js': "export { relu } from '@relu-lab/theory';",
    'node_modules/waiting/package.json': JSON.stringify(waiting),
    'node_modules/waiting/index.d.ts': 'export declare const x: number;',
    'node_modules/waiting/index.js': 'export const x = await Promise.resolve(1);',
  };

  it('are imported, or not, with a reason; and the kernel ends when asked to, although a timer is left behind', async () => {
    const folder = temporaryFolder(files);
    symlinkSync(join(folder, 'packages', 'theory'), join(folder, 'node_modules', '@relu-lab', 'theory'), 'junction');
    const kernel = await startKernel({ folder });
    onTestFinished(() => kernel.shutdown());

    // Only exports: found, with its types.
    expect(await runCell(kernel, "import { answer } from 'modern/part'; answer")).toMatchObject({ stdout: '42\n' });
    const wrong = await runCell(kernel, 'const text: string = answer;');
    expect(wrong.error).toMatch(/Type 'number' is not assignable to type 'string'/);

    // Not built.
    const cell = await runCell(kernel, "import { relu } from '@relu-lab/core'; relu");
    expect(cell.reply).toMatchObject({ status: 'error', ename: 'CompileError' });
    expect(cell.error).toMatch(/@relu-lab\/core has not been built: run `npm run build`/);
    const behind = await runCell(kernel, "import { relu } from '@relu-lab/nn'; relu");
    expect(behind.error).toMatch(/\n@relu-lab\/core has not been built: run `npm run build`/);
    const linked = await runCell(kernel, "import { relu } from '@relu-lab/analysis'; relu");
    expect(linked.error).toMatch(/\n@relu-lab\/theory has not been built: run `npm run build`/);

    // Built while the kernel runs.
    const late = join(folder, 'node_modules', '@relu-lab', 'core', 'dist');
    mkdirSync(late);
    writeFileSync(join(late, 'index.d.ts'), 'export declare const relu: number;');
    writeFileSync(join(late, 'index.js'), 'export const relu = ');
    const again = await runCell(kernel, "import { relu } from '@relu-lab/core'; relu");
    expect(again.error).toMatch(/Built anew since this kernel started: @relu-lab\/core\. Restart the kernel\.$/);
    expect((await runCell(kernel, "throw new Error('boom')")).error).toBe('boom');

    // With a top-level await: none of ours has one.
    expect((await runCell(kernel, "import { x } from 'waiting'; x")).error).toMatch(/top-level await/);

    await runCell(kernel, 'setInterval(() => {}, 1000); undefined');
    await kernel.shutdown();
    await expect(kernel.execute('1')).rejects.toThrow(KernelError);
  });
});

describe('a kernel', () => {
  it('says why it cannot start', async () => {
    const missing = startKernel({ folder: notebooks, program: [`${kernelProgram}.missing`] });
    await expect(missing).rejects.toThrow(/exit code 1[^]*Cannot find module/);
    await expect(startKernel({ folder: '/no/such/folder' })).rejects.toThrow(KernelError);
    const folder = temporaryFolder({ 'silent.mjs': 'setInterval(() => {}, 1000);' });
    await expect(startKernel({ folder, program: ['silent.mjs'], startLimit: 1 })).rejects.toThrow(
      'The kernel did not answer within 1 s',
    );
  });

  it('ends when the process that started it is gone', async () => {
    const connection = await createConnection();
    onTestFinished(connection.remove);
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const env = { ...process.env, JPY_PARENT_PID: String(parent.pid) };
    const kernel = spawn(process.execPath, [kernelProgram, '--config-path', connection.path], { cwd: notebooks, env });
    const ended = once(kernel, 'exit');
    parent.kill('SIGKILL');
    expect(await ended).toEqual([0, null]);
  });
});

describe("tslab's own kernel", () => {
  it('shows figures, and imports our packages and their parts with types, too', async () => {
    const tslab = createRequire(import.meta.url).resolve('tslab/bin/tslab');
    const kernel = await startKernel({ folder: notebooks, program: [tslab, 'kernel'] });
    onTestFinished(() => kernel.shutdown());
    const show = "show({ data: [{ type: 'scatter', y: [1] }], layout: {}, caption: 'Caption.', alt: 'A line.' })";
    const shown = await runCell(kernel, `import { setup, show } from '@relu-lab/notebook'; setup('none'); ${show}`);
    expect(shown.messages, shown.stderr).toMatchObject([{ type: 'display_data' }]);
    for (const [name, thing] of [
      ['@relu-lab/core', 'relu'],
      ['@relu-lab/nn', 'mlp'],
      ['@relu-lab/notebook/run', 'runNotebook'],
    ]) {
      const cell = await runWhenOpen(kernel, `import { ${thing} } from '${name}'; typeof ${thing}`);
      expect(cell, cell.stderr).toMatchObject({ status: 'ok' });
      const wrong = await runCell(kernel, `const wrong: boolean = ${thing};`);
      expect(wrong.stderr).toMatch(/is not assignable to type 'boolean'/);
    }
  });
});
