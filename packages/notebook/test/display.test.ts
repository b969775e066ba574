import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelSession, startKernel } from '../src/run/kernel-session.ts';
import { collectOutputs } from '../src/run/outputs.ts';
import type { Message } from '../src/run/wire.ts';
import { type Cell, notebooks, runCell } from './cells.ts';

const imports = "import { progress, setup, show, table } from '@relu-lab/notebook';\n";
const figure = (title: string): string =>
  `{ data: [{ type: 'scatter', y: [1, 2] }], layout: { title: { text: '${title}' } }, caption: 'Caption.', alt: 'A line.' }`;

const displays = (cell: Cell) => cell.messages.filter(({ type }) => type.endsWith('display_data'));
const outputs = (cell: Pick<Cell, 'messages'>) => {
  const collected = collectOutputs();
  for (const message of cell.messages) collected.receive(0, message);
  return collected.of(0);
};

let kernel: KernelSession;
beforeAll(async () => {
  kernel = await startKernel({ folder: notebooks });
});
afterAll(() => kernel.shutdown());

describe('in a cell', () => {
  it('show brings Plotly once, where nobody has set it up', async () => {
    const cell = await runCell(kernel, `${imports}show(${figure('a')}); show(${figure('b')});`);
    expect(cell.error).toBe('');
    const [plotly, first, second, ...rest] = displays(cell).map(({ content }) => content);
    expect(plotly['metadata']).toEqual({ relu_lab: { brings: 'plotly' } });
    expect([first['metadata'], second['metadata'], rest]).toEqual([{}, {}, []]);
    for (const shown of [first, second]) {
      expect(Object.keys(shown['data'] as object)).toEqual([
        'application/vnd.plotly.v1+json',
        'text/html',
        'image/svg+xml',
        'text/plain',
      ]);
    }
    expect(displays(await runCell(kernel, `show(${figure('c')})`))).toHaveLength(1);
  });

  it('show sends a picture of the figure with it, in the place of the words, unless there is none or none is wanted', async () => {
    const solid = figure('solid').replace("'scatter', y: [1, 2]", "'mesh3d', x: [0, 1, 0], y: [0, 0, 1], z: [0, 0, 0]");
    const cell = await runCell(
      kernel,
      `show(${figure('drawn')}); show(${solid}); setup('none', { pictures: false });
      show(${figure('plain')}); setup('none', { pictures: true });`,
    );
    const [drawn, ...others] = outputs(cell) as { readonly data: Readonly<Record<string, string | string[]>> }[];
    const svg = [drawn.data['image/svg+xml']].flat().join('');
    expect(svg).toContain('>drawn<');
    const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    expect([drawn.data['text/html']].flat().join('')).toContain(`<img alt="A line." src="${source}"`);
    expect(others.map(({ data }) => data['image/svg+xml'])).toEqual([undefined, undefined]);
    expect(others).toHaveLength(2);
  });

  it('show replaces a figure in place', async () => {
    const cell = await runCell(
      kernel,
      `show(${figure('old')}, { displayId: 'x' }); show(${figure('new')}, { displayId: 'x', update: true });`,
    );
    expect(displays(cell).map(({ type }) => type)).toEqual(['display_data', 'update_display_data']);
    const [kept, ...rest] = outputs(cell);
    expect(kept).toMatchObject({ data: { 'application/vnd.plotly.v1+json': { layout: { title: { text: 'new' } } } } });
    expect(rest).toEqual([]);
    expect((await runCell(kernel, `show(${figure('new')}, { update: true })`)).error).toMatch(
      /update: true needs displayId/,
    );
    expect((await runCell(kernel, `show(${figure('new')}, { displayId: 'y', update: true })`)).error).toBe(
      "Nothing was shown as 'y': show it once without update",
    );
    expect((await runCell(kernel, 'show(undefined as never)')).error).toMatch(
      /^What is shown is a figure, .*, not undefined$/,
    );
  });

  it('show draws a result that knows its figure', async () => {
    const cell = await runCell(
      kernel,
      `import { relu } from '@relu-lab/core'; import { mlp } from '@relu-lab/nn'; import { sparsity } from '@relu-lab/analysis';
       import { twoMoons } from '@relu-lab/datasets';
       show(sparsity(mlp({ inputs: 2, hidden: [8, 8], outputs: 2, activation: relu }), twoMoons({ samples: 20 })));`,
    );
    expect(cell.error).toBe('');
    const [shown] = outputs(cell) as { readonly data: Readonly<Record<string, unknown>> }[];
    expect([shown.data['text/plain']].flat().join('')).toMatch(
      /zero fractions with a mark for each layer: relu1 \d+\s%, relu2 \d+\s%/u,
    );
    expect((await runCell(kernel, "show({ kind: 'none' } as const)")).error).toMatch(/not assignable/);
  });

  it('show demands words, when the cell is compiled', async () => {
    const cell = await runCell(kernel, "show({ data: [{ type: 'scatter', y: [1] }], layout: {}, caption: 'c' })");
    expect(cell.error).toMatch(/Property 'alt' is missing/);
    const misspelt = await runCell(kernel, `show({ ...${figure('a')}, data: [{ type: 'scatterr', y: [1] }] })`);
    expect(misspelt.error).toMatch(/"scatterr"/);
  });

  it('setup brings Plotly again when it is asked again, and not at all with none', async () => {
    const [twice, none] = [await runCell(kernel, 'setup(); setup()'), await runCell(kernel, "setup('none')")];
    expect([displays(twice).length, displays(none).length]).toEqual([2, 0]);
    const { data } = displays(twice)[0].content as { readonly data: Record<string, string> };
    expect(data['text/html'].length).toBeLessThan(2_100_000);
    expect((await runCell(kernel, "setup('all' as 'none')")).error).toBe(
      "There is no mode 'all'; there are inline-gz, inline, none",
    );
  });

  it('table shows rows as markup and as text', async () => {
    const [shown] = displays(await runCell(kernel, 'table([{ layer: 1, dead: 0.25 }])'));
    expect(shown.content['data']).toEqual({
      'text/html': expect.stringContaining('<td'),
      'text/plain': 'layer  dead\n    1  0.25',
    });
    expect(shown.content['metadata']).toEqual({
      relu_lab: { table: { columns: ['layer', 'dead'], rows: [{ layer: 1, dead: 0.25 }], caption: '' } },
    });
  });

  it('progress moves one bar, at most ten times a second, and always shows its end', async () => {
    const cell = await runCell(
      kernel,
      `const bar = progress({ total: 1000, label: 'counting' });
       for (let i = 1; i <= 1000; i++) bar.update(i, 'loss ' + i);
       bar.finish();`,
    );
    const shown = displays(cell);
    expect(shown.map(({ type }) => type).slice(0, 2)).toEqual(['display_data', 'update_display_data']);
    expect(shown.length).toBeLessThan(30);
    expect(outputs(cell)).toHaveLength(1);
    expect(outputs(cell)[0]).toMatchObject({
      data: { 'text/plain': [expect.stringMatching(/^counting █{20} 1000 of 1000, loss 1000, \d+\.\d s$/)] },
    });
    expect((await runCell(kernel, 'bar.update(NaN)')).error).toMatch(/is not a number: NaN/);
    expect((await runCell(kernel, 'progress({ total: 0 })')).error).toBe('total must be a positive number, not 0');
  });

  it('knows what Node has', async () => {
    const cell = await runCell(
      kernel,
      `const sorted: number[] = [3, 1].toSorted();
       const floats: Float32Array = Float32Array.of(2, 1).toSorted().toReversed().with(0, 5);
       const last: number | undefined = [1, 2].findLast((x) => x < 2);
       const memory = new WebAssembly.Memory({ initial: 1 });
       console.log(sorted, floats, last, [1, 2].toSpliced(0, 1), memory.buffer.byteLength, 'a'.isWellFormed());`,
    );
    expect(cell).toMatchObject({ error: '', stdout: '[ 1, 3 ] Float32Array(2) [ 5, 1 ] 1 [ 2 ] 65536 true\n' });
    expect((await runCell(kernel, 'const wrong: string = memory.buffer.byteLength;')).error).toMatch(/Type 'number'/);
  });
});

const trainingImports = `
  import { unitTimeline } from '@relu-lab/analysis'; import { relu } from '@relu-lab/core'; import { twoMoons } from '@relu-lab/datasets';
  import { adam, crossEntropy, mlp, train } from '@relu-lab/nn';
  import { interruption, live, lossCurve, setup, show, sparsityCurve, table } from '@relu-lab/notebook';
  setup('none');
  const data = twoMoons({ samples: 200, seed: 1 });
  const options = { data, loss: crossEntropy(), optimizer: adam(), seed: 1 };
  const fresh = () => mlp({ inputs: 2, hidden: [8, 8], outputs: 2, activation: relu, seed: 1 });`;

interface Shown {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const shownBy = (messages: readonly Message[]): readonly Shown[] =>
  outputs({ messages }).filter((output): output is Shown & typeof output => 'data' in output);

const words = (shown: Shown): string => [shown.data['text/plain']].flat().join('');

describe('a live figure', () => {
  beforeAll(async () => {
    expect((await runCell(kernel, trainingImports)).error).toBe('');
  });

  it('moves in place while the network trains, and ends with the whole run', async () => {
    const cell = await runCell(
      kernel,
      `const network = fresh();
       const watched = [live(lossCurve({ average: 10 }), { perSecond: 20 }), live(unitTimeline(network, data)), live(sparsityCurve(data, { every: 50 }))] as const;
       const run = await train(network, { ...options, epochs: 60, probes: watched });
       console.log(run.steps, watched[1].result().steps.at(-1));`,
    );
    expect(cell.error).toBe('');
    // 200 rows in batches of 32 are 7 steps an epoch.
    expect(cell.stdout).toBe('420 420\n');
    const shown = shownBy(cell.messages);
    expect(shown).toHaveLength(3);
    expect(shown.map(words)).toEqual([0, 1, 2].map(() => expect.stringContaining('[figure]')));
    const [loss, units, sparsity] = shown.map(({ data }) => data['application/vnd.plotly.v1+json']) as {
      readonly data: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[];
    }[];
    expect(loss.data[0].x).toEqual(Array.from({ length: 42 }, (_, k) => 10 * (k + 1)));
    expect(units.data.length).toBeGreaterThan(0);
    expect(sparsity.data.map(({ x }) => x.at(-1))).toEqual([420, 420]);
    expect(words(shown[0])).toMatch(/after 420 steps/);
    const updates = cell.messages.filter(({ type }) => type === 'update_display_data');
    expect(updates.length).toBeGreaterThanOrEqual(3);
    // The last of each figure has a picture; drawing one at each step would hold the run up.
    const pictures = cell.messages.filter(({ content }) => 'image/svg+xml' in ((content['data'] as object) ?? {}));
    expect(pictures).toHaveLength(3);
    expect(shown.map(({ data }) => 'image/svg+xml' in data)).toEqual([true, true, true]);
  });

  it('has a loss from the first step on, and never more than 400 points, each a mean over as many steps', async () => {
    const cell = await runCell(
      kernel,
      `const [own, given] = [lossCurve(), lossCurve({ average: 1 })];
       const early = lossCurve();
       await train(fresh(), { ...options, epochs: 1, probes: [early] });
       await train(fresh(), { ...options, epochs: 60, probes: [own, given] });
       const line = (figure: { readonly data: readonly object[] }) => figure.data[0] as { readonly x: number[]; readonly y: number[] };
       const [all, halved] = [line(given.result()), line(own.result())];
       const mean = (all.y[200] + all.y[201]) / 2;
       console.log(line(early.result()).x.length, all.x.length, halved.x.length, halved.x[100], Math.abs(halved.y[100] - mean) < 1e-6);`,
    );
    expect(cell).toMatchObject({ error: '', stdout: '7 420 210 202 true\n' });
  });

  it('is drawn at most so often, however short the steps are', async () => {
    const cell = await runCell(
      kernel,
      `const slow = live(lossCurve({ average: 1 }), { perSecond: 0.001 });
       await train(fresh(), { ...options, epochs: 30, probes: [slow] });`,
    );
    // At the start and at the end.
    expect(cell.messages.filter(({ type }) => type.endsWith('display_data'))).toHaveLength(2);
  });

  it('keeps what it has when the cell is interrupted', async () => {
    const messages: Message[] = [];
    let epochs = 0;
    const { status } = await kernel.execute(
      `const loss = live(lossCurve({ average: 7 }));
       const stopped = await train(fresh(), { ...options, epochs: 1_000_000, probes: [loss], signal: interruption(), onProgress: () => console.log('.') });`,
      {
        onMessage: (message) => {
          messages.push(message);
          if (message.type === 'stream' && ++epochs === 5) kernel.interrupt();
        },
      },
    );
    expect(status).toBe('ok');
    const after = await runCell(
      kernel,
      `const line = loss.result().data[0] as unknown as { readonly x: readonly number[] };
       console.log(stopped.status, stopped.steps >= line.x.at(-1)!, line.x.at(-1)! > stopped.steps - 7);`,
    );
    expect(after).toMatchObject({ error: '', stdout: 'aborted true true\n' });
    const [last] = shownBy(messages);
    expect(words(last)).toMatch(/^\[figure\] A line over steps/);
  });

  it('says in words that there is nothing to draw', async () => {
    const cell = await runCell(
      kernel,
      `const diverging = live(lossCurve({ average: 500 }));
       const run = await train(fresh(), { ...options, epochs: 1, probes: [diverging] });
       console.log(run.status);`,
    );
    expect(cell).toMatchObject({ error: '', stdout: 'completed\n' });
    expect(words(shownBy(cell.messages)[0])).toBe('[loss] There is no loss yet: too few steps have been taken');
    expect((await runCell(kernel, 'live(lossCurve(), { perSecond: 0 })')).error).toBe(
      'perSecond must be a positive number, not 0',
    );
    expect((await runCell(kernel, 'lossCurve({ average: 0.5 })')).error).toMatch(/average must be a whole number/);
    expect((await runCell(kernel, 'sparsityCurve(data, { every: 0 })')).error).toMatch(/every must be a whole number/);
  });
});
