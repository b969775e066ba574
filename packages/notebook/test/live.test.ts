import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KernelSession, startKernel } from '../src/run/kernel-session.ts';
import { collectOutputs } from '../src/run/outputs.ts';
import type { Message } from '../src/run/wire.ts';
import { notebooks, runCell } from './cells.ts';

const imports = `
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

function outputs(messages: readonly Message[]): readonly Shown[] {
  const collected = collectOutputs();
  for (const message of messages) collected.receive(0, message);
  return collected.of(0).filter((output): output is Shown & typeof output => 'data' in output);
}

const words = (shown: Shown): string => [shown.data['text/plain']].flat().join('');

describe('a live figure', () => {
  let kernel: KernelSession;
  beforeAll(async () => {
    kernel = await startKernel({ folder: notebooks });
    expect((await runCell(kernel, imports)).error).toBe('');
  });
  afterAll(() => kernel.shutdown());

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
    const shown = outputs(cell.messages);
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
    const [last] = outputs(messages);
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
    expect(words(outputs(cell.messages)[0])).toBe('[loss] There is no loss yet: too few steps have been taken');
    expect((await runCell(kernel, 'live(lossCurve(), { perSecond: 0 })')).error).toBe(
      'perSecond must be a positive number, not 0',
    );
    expect((await runCell(kernel, 'lossCurve({ average: 0.5 })')).error).toMatch(/average must be a whole number/);
    expect((await runCell(kernel, 'sparsityCurve(data, { every: 0 })')).error).toMatch(/every must be a whole number/);
  });
});
