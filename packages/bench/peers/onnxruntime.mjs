/** onnxruntime-node: graphs for inference, on one thread. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { initializer, model, node } from './onnx-model.mjs';
import { versionOf } from './version.mjs';

const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };

export function createEngine(_options, { digest, layerWeights, networkWidths, uniform }) {
  const prepared = async (bytes, feeds) => {
    const session = await InferenceSession.create(bytes, options);
    let y;
    return {
      run: async () => {
        ({ y } = await session.run(feeds));
      },
      result: () => digest(y.data),
      drop: () => void session.release(),
    };
  };

  const product = ({ n }) =>
    prepared(
      model({ nodes: [node('MatMul', ['a', 'b'], 'y')], inputs: { a: [n, n], b: [n, n] }, outputShape: [n, n] }),
      {
        a: new Tensor('float32', uniform(1, n * n), [n, n]),
        b: new Tensor('float32', uniform(2, n * n), [n, n]),
      },
    );

  const forward = ({ widths: text, rows }) => {
    const widths = networkWidths(text);
    const last = widths.length - 2;
    const layers = widths.slice(1).map((units, i) => ({
      nodes: [
        node('Gemm', [i === 0 ? 'x' : `a${i - 1}`, `w${i}`, `b${i}`], i === last ? 'y' : `z${i}`, { transB: 1 }),
        ...(i === last ? [] : [node('Relu', [`z${i}`], `a${i}`)]),
      ],
      initializers: [
        initializer(`w${i}`, [units, widths[i]], layerWeights(i, widths[i], units)),
        initializer(`b${i}`, [units], new Float32Array(units)),
      ],
    }));
    return prepared(
      model({
        nodes: layers.flatMap(({ nodes }) => nodes),
        initializers: layers.flatMap(({ initializers }) => initializers),
        inputs: { x: [rows, widths[0]] },
        outputShape: [rows, widths.at(-1)],
      }),
      { x: new Tensor('float32', uniform(1, rows * widths[0]), [rows, widths[0]]) },
    );
  };

  const works = { 'matrix-product': product, forward };
  return {
    info: () => ({ 'onnxruntime-node': versionOf('onnxruntime-node'), node: process.versions.node }),
    prepare: (work) => {
      if (!Object.hasOwn(works, work.kind)) throw new Error(`${work.kind} is not written for onnxruntime`);
      return works[work.kind](work);
    },
  };
}
