import { activation } from '@relu-lab/core';
import { loadMnist } from '@relu-lab/datasets';
import { correlationMap, edgeOfChaos, meanField, moments } from '@relu-lab/theory';
import { analysisTasks } from './analysis-tasks.ts';
import type { Task } from './task.ts';

const smooth = ['gelu', 'silu', 'mish', 'tanh', 'selu'] as const;

/** All tasks by name: theory, data, and those of `analysis-tasks.ts`. */
export const tasks: Readonly<Record<string, Task>> = {
  moments: {
    suite: 'theory',
    label: 'moments of GELU, SiLU, Mish, tanh and SELU by quadrature',
    amount: smooth.length,
    unit: 'activations/s',
    clock: 'cpu',
    prepare: () => {
      let variance = 1;
      let last = NaN;
      return {
        // Another variance each time, so that nothing could be remembered.
        run: () => {
          variance = 1 + ((variance + 0.001) % 1);
          for (const name of smooth) last = moments(activation(name), { mean: 0, variance }).secondMoment;
        },
        result: () => [last],
      };
    },
  },
  'fixed-points': {
    suite: 'theory',
    label: 'fixed points of the length map of GELU, SiLU, Mish, tanh and SELU',
    amount: smooth.length,
    unit: 'activations/s',
    clock: 'cpu',
    prepare: () => {
      let last: number | null = NaN;
      return {
        run: () => {
          for (const name of smooth) {
            last = meanField(activation(name), { weightVariance: 1.5, biasVariance: 0.05 }).q;
          }
        },
        result: () => [last ?? NaN],
      };
    },
  },
  'edge-of-chaos': {
    suite: 'theory',
    label: 'edge of chaos of tanh at a bias variance of 0.05',
    amount: 1,
    unit: 'searches/s',
    clock: 'cpu',
    prepare: () => {
      const tanh = activation('tanh');
      let last = NaN;
      return {
        run: () => {
          const edge = edgeOfChaos(tanh, { biasVariance: 0.05 });
          last = edge.status === 'found' ? edge.weightVariance : NaN;
        },
        result: () => [last],
      };
    },
  },
  'correlation-map': {
    suite: 'theory',
    label: 'correlation map of tanh at one correlation',
    amount: 1,
    unit: 'values/s',
    clock: 'cpu',
    prepare: () => {
      const tanh = activation('tanh');
      let last = NaN;
      return {
        run: () => {
          last = correlationMap(tanh, { weightVariance: 1.5, biasVariance: 0.05, q: 0.5 }, 0.6);
        },
        result: () => [last],
      };
    },
  },
  'load-mnist': {
    suite: 'data',
    label: 'loadMnist(): all digits, verified',
    amount: 1,
    unit: 'loads/s',
    clock: 'wall',
    prepare: () => {
      let rows = 0;
      return {
        run: async () => {
          rows = (await loadMnist()).train.rows;
        },
        result: () => [rows],
      };
    },
  },
  ...analysisTasks,
};
