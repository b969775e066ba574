import {
  type UnitTimelineOptions,
  bornDeadExperiment,
  linearRegionsOnPlane,
  runBornDead,
  unitTimeline,
} from '@relu-lab/analysis';
import { type Dataset, relu } from '@relu-lab/core';
import { crossEntropy, mlp, sgd, train } from '@relu-lab/nn';
import { createJobs, runSweep, workerPool } from '@relu-lab/sweep';
import type { PreparedWork } from './engine.ts';
import { labels, uniform } from './inputs.ts';
import type { Task } from './task.ts';

/** Regions of this network: exact, and so the same wherever they are counted. */
const cellsOnPlane = 3744;
const bornDeadNetworks = 1000;
/** Four seconds of work for one worker, so that handing jobs out and a short disturbance weigh little. */
const poolJobs = 72;
const trainingEpochs = 32;
const trainingRows = 2048;
const batchSize = 64;

/** What analyses take, and what watching costs. */
export const analysisTasks: Readonly<Record<string, Task>> = {
  'regions-on-plane': {
    suite: 'analysis',
    label: 'linear regions of 2-48-48-2 on a plane, exactly',
    amount: cellsOnPlane,
    unit: 'cells/s',
    clock: 'cpu',
    prepare: () => {
      const network = mlp({ inputs: 2, hidden: [48, 48], outputs: 2, activation: relu, bias: 0.1, seed: 1 });
      const window = { origin: [0, 0], u: [1, 0], v: [0, 1], uRange: [-3, 3], vRange: [-3, 3] } as const;
      let cells = 0;
      return {
        run: () => {
          ({ cells } = linearRegionsOnPlane(network, window));
        },
        result: () => [cells],
      };
    },
  },
  'born-dead': {
    suite: 'analysis',
    label: `${bornDeadNetworks} born-dead trials of width 8 and depth 20`,
    amount: bornDeadNetworks,
    unit: 'networks/s',
    clock: 'cpu',
    prepare: () => {
      let dead = 0;
      let seed = 0;
      return {
        run: () => {
          [{ silentOnAll: dead }] = runBornDead({ width: 8, depth: 20, networks: bornDeadNetworks }, seed++);
        },
        result: () => [dead],
      };
    },
  },
  train: trainingTask('training run of 784-128-128-10, batch 64, 1024 steps', null),
  'train-watched': trainingTask('the same with a unit timeline on 512 samples', {}),
  'train-checked': trainingTask('the same with all 512 samples after every step', { every: 1 }),
  'pool-of-one': poolTask(`sweep of ${poolJobs} jobs over a pool of one worker`, [1]),
  'pool-of-two': poolTask('the same over a pool of two workers', [2]),
  // What the machine gives two threads that have nothing to do with each other.
  'two-pools-of-one': poolTask('half of it over each of two pools of one worker, at the same time', [1, 1]),
};

function trainingTask(label: string, watched: UnitTimelineOptions | null): Task {
  return {
    suite: 'analysis',
    group: 'a training run, and what watching its units adds',
    label,
    amount: (trainingEpochs * trainingRows) / batchSize,
    unit: 'steps/s',
    clock: 'cpu',
    prepare: () => trainingRun(watched),
  };
}

function trainingRun(watched: UnitTimelineOptions | null): PreparedWork {
  const data: Dataset = {
    name: 'noise',
    rows: trainingRows,
    features: 784,
    classes: 10,
    inputs: uniform(1, trainingRows * 784),
    targets: labels(trainingRows, 10),
  };
  const samples = 512;
  const watchedData = {
    ...data,
    rows: samples,
    inputs: data.inputs.subarray(0, samples * 784),
    targets: data.targets.subarray(0, samples),
  };
  const network = mlp({ inputs: 784, hidden: [128, 128], outputs: 10, activation: relu, seed: 1 });
  const start = network.snapshot();
  let loss = NaN;
  return {
    run: async () => {
      network.restore(start);
      const { history } = await train(network, {
        data,
        loss: crossEntropy(),
        optimizer: sgd({ learningRate: 0.05 }),
        epochs: trainingEpochs,
        batchSize,
        seed: 1,
        probes: watched ? [unitTimeline(network, watchedData, watched)] : [],
      });
      loss = history[trainingEpochs - 1].loss;
    },
    result: () => [loss],
  };
}

/** The jobs in equal parts over pools of so many workers, all at the same time. */
function poolTask(label: string, pools: readonly number[]): Task {
  return {
    suite: 'analysis',
    group: 'a sweep over one worker, and over two',
    label,
    amount: poolJobs,
    unit: 'jobs/s',
    clock: 'wall',
    prepare: () => {
      const executors = pools.map((workers) => workerPool({ workers }));
      const jobs = createJobs(
        bornDeadExperiment,
        [{ width: 8, depth: 20, networks: bornDeadNetworks }],
        Array.from({ length: poolJobs }, (_, seed) => seed),
      );
      let finished = 0;
      return {
        run: async () => {
          const sweeps = executors.map((executor, pool) =>
            runSweep({ jobs: jobs.filter((_, i) => i % executors.length === pool), executor }),
          );
          finished = (await Promise.all(sweeps)).reduce((sum, { results }) => sum + results.length, 0);
        },
        result: () => [finished],
        drop: () => executors.forEach((executor) => void executor.close()),
      };
    },
  };
}
