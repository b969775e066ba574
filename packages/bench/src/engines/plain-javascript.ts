import type { Engine } from '../engine.ts';
import { plainElementwise } from './plain-javascript/elementwise.ts';
import { plainProduct } from './plain-javascript/matrix-product.ts';
import { plainStep } from './plain-javascript/step.ts';

/** What one writes without a library: typed arrays and loops whose innermost one walks over neighbours. */
export function plainJavaScript(): Engine {
  return {
    info: () => ({ node: process.versions.node }),
    prepare: (work) => {
      switch (work.kind) {
        case 'matrix-product':
          return plainProduct(work.n);
        case 'elementwise':
          return plainElementwise(work);
        case 'step':
          return plainStep(work.widths, work.rows);
        default:
          throw new Error(`${work.kind} is not written in plain JavaScript`);
      }
    },
  };
}
