import { Arena, type BackendOptions, createBackend } from '@relu-lab/core';
import type { Engine } from '../engine.ts';
import type { Work } from '../work.ts';
import { ourElementwise } from './relu-lab/elementwise.ts';
import { ourForward } from './relu-lab/forward.ts';
import { ourProduct } from './relu-lab/matrix-product.ts';
import { ourNormals } from './relu-lab/normals.ts';
import { ourStepProducts } from './relu-lab/step-products.ts';
import { ourStep } from './relu-lab/step.ts';
import { ourSweep } from './relu-lab/sweep.ts';
import { ourTask } from './relu-lab/tasks.ts';

/** This project, on one of its backends. */
export function reluLab(backend: BackendOptions): Engine {
  const build = buildOf(backend);
  return {
    info: () => ({ build, node: process.versions.node, v8: process.versions.v8 }),
    prepare: (work: Work) => {
      switch (work.kind) {
        case 'matrix-product':
          return ourProduct(work, backend);
        case 'elementwise':
          return ourElementwise(work, backend);
        case 'step':
          return ourStep(work, backend);
        case 'step-products':
          return ourStepProducts(work, backend);
        case 'forward':
          return ourForward(work, backend);
        case 'sweep':
          return ourSweep(work, backend);
        case 'normal':
          return ourNormals(work);
        case 'task':
          return ourTask(work.name);
        case 'limit':
          throw new Error('limits of the machine are measured in C');
      }
    },
  };
}

/** Here, so that a backend that cannot run says so before anything is timed, and none is timed in the place of another. */
function buildOf(wanted: BackendOptions): string {
  const { name, build } = createBackend(new Arena(), wanted);
  if (wanted.name === undefined || wanted.name === name) return build;
  throw new Error(`the backend '${wanted.name}' was refused, and '${name}' is no stand-in for it`);
}
