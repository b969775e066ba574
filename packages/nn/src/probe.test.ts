import { describe, expect, it } from 'vitest';
import { clouds, common, small } from '../test/clouds.ts';
import { type Network, type Probe, type StepView, crossEntropy, evaluate, sgd, train } from './index.ts';

describe('probes', () => {
  it('see each pre-activation, activation, gradient and update', async () => {
    const network = small();
    const before = network.parameterValues('dense1.weight');
    const views: (Pick<StepView, 'step'> & { readonly checked: boolean })[] = [];
    await train(network, {
      ...common,
      data: clouds(64),
      epochs: 1,
      probes: [
        {
          name: 'all',
          every: 2,
          step: (view) => {
            const z = view.preActivation('relu1');
            const a = view.output('relu1');
            expect(Array.from(a)).toEqual(Array.from(z, (value) => Math.max(value, 0)));
            const gradient = view.parameterGradient('dense1.weight');
            const update = view.update('dense1.weight');
            update.forEach((delta, i) => expect(delta).toBeCloseTo(-0.1 * gradient[i], 6));
            expect(view.gradient('dense2')).toHaveLength(16 * 2);
            views.push({ step: view.step, checked: true });
          },
        },
      ],
    });
    expect(views.map(({ step }) => step)).toEqual([2, 4]);
    expect(network.parameterValues('dense1.weight')).not.toEqual(before);
  });

  it('that want no updates are refused them', async () => {
    const probe: Probe = { name: 'none', updates: false, step: (view) => void view.update('dense1.weight') };
    const run = train(small(), { ...common, data: clouds(64), probes: [probe] });
    await expect(run).rejects.toThrow(/update of this step is not kept/);
  });

  it('that watch and evaluate the network do not change the run', async () => {
    const data = clouds(64);
    const plain = small();
    const watched = small();
    const probe: Probe = { name: 'evaluation', step: ({ network }) => void evaluate(network, data, crossEntropy()) };
    await train(plain, { ...common, data });
    await train(watched, { ...common, data, probes: [probe] });
    expect(watched.snapshot()).toEqual(plain.snapshot());
  });
});

describe('what a probe is told', () => {
  it('is the run before its first step, and the rows of each batch', async () => {
    const data = clouds(40);
    const rows: number[] = [];
    const told: unknown[] = [];
    const probe: Probe = {
      name: 'rows',
      start: (_, run) => void told.push(run),
      step: ({ batch, preActivation, network }) => {
        rows.push(...batch);
        expect(preActivation('relu1')).toHaveLength(batch.length * network.layer('relu1').outputs);
      },
    };
    await train(small(), { ...common, data, epochs: 1, probes: [probe] });
    expect(told).toEqual([{ data, batchSize: 16, steps: 3 }]);
    // Every row of the epoch once, in another order.
    expect([...rows].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, row) => row));
    expect(rows).not.toEqual([...rows].sort((a, b) => a - b));
  });

  it('can decide there how often it looks', async () => {
    const seen: number[] = [];
    let every = 1;
    const probe: Probe = {
      name: 'late',
      get every() {
        return every;
      },
      start: (_, { steps }) => void (every = steps / 2),
      step: ({ step }) => void seen.push(step),
    };
    await train(small(), { ...common, data: clouds(64), epochs: 1, probes: [probe] });
    expect(seen).toEqual([2, 4]);
  });
});

describe('the calls of a probe', () => {
  const watch = (events: string[], every?: number): Probe => ({
    name: 'events',
    ...(every !== undefined && { every }),
    start: () => void events.push('start'),
    step: ({ step }) => void events.push(`step ${step}`),
    finish: (_, steps) => void events.push(`finish after ${steps}`),
  });

  it('are start, the steps that it asks for, and finish, when a run completes', async () => {
    const all: string[] = [];
    const third: string[] = [];
    // 4 steps an epoch.
    await train(small(), { ...common, epochs: 2, data: clouds(64), probes: [watch(all), watch(third, 3)] });
    expect(all).toEqual(['start', ...[1, 2, 3, 4, 5, 6, 7, 8].map((step) => `step ${step}`), 'finish after 8']);
    expect(third).toEqual(['start', 'step 3', 'step 6', 'finish after 8']);
  });

  it('end with finish, once, when the signal fires', async () => {
    const controller = new AbortController();
    const events: string[] = [];
    const stop: Probe = { name: 'stop', step: ({ step }) => void (step === 2 && controller.abort()) };
    const { signal } = controller;
    const run = await train(small(), { ...common, data: clouds(64), signal, probes: [watch(events), stop] });
    expect(run).toMatchObject({ status: 'aborted', steps: 2, history: [] });
    expect(run.losses).toHaveLength(2);
    expect(events).toEqual(['start', 'step 1', 'step 2', 'finish after 2']);
  });

  it('are start and finish when the signal had fired before', async () => {
    const events: string[] = [];
    const network = small();
    const before = network.snapshot();
    const signal = AbortSignal.abort();
    const run = await train(network, { ...common, data: clouds(64), signal, probes: [watch(events)] });
    expect(run).toMatchObject({ status: 'aborted', steps: 0, history: [] });
    expect(events).toEqual(['start', 'finish after 0']);
    expect(network.snapshot()).toEqual(before);
  });

  it('end with finish, once, when the run diverges', async () => {
    const events: string[] = [];
    const seen: Network[] = [];
    const finish = (network: Network): void => void seen.push(network);
    const optimizer = sgd({ learningRate: 1e30 });
    const network = small(1, [16, 16]);
    const probes = [watch(events), { name: 'network', finish }];
    const run = await train(network, { ...common, optimizer, data: clouds(64), probes });
    expect(run.status).toBe('diverged');
    const end = `finish after ${run.steps}`;
    expect(events.filter((event) => !event.startsWith('step'))).toEqual(['start', end]);
    expect(events[events.length - 1]).toBe(end);
    expect(seen).toEqual([network]);
  });
});
