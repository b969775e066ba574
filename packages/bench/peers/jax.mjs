/**
 * jax-js on its wasm backend, compiled by `jit`. Arrays are owned: what is used again is passed as `.ref`. Waiting for a
 * result copies it out; there is no other way to make sure that it was computed.
 */
import { blockUntilReady, defaultDevice, grad, init, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import { versionOf } from './version.mjs';

const functions = {
  relu: nn.relu,
  'leaky-relu': (x) => nn.leakyRelu(x, 0.01),
  elu: (x) => nn.elu(x),
  selu: nn.selu,
  gelu: (x) => nn.gelu(x, { approximate: false }),
  sigmoid: nn.sigmoid,
  tanh: np.tanh,
  silu: nn.silu,
  mish: nn.mish,
};

/** Keeps only the last result, and waits for it. */
function keeping(make) {
  let last;
  return {
    run: async () => {
      last?.dispose();
      last = make();
      await blockUntilReady(last);
    },
    last: () => last,
  };
}

export async function createEngine(_options, help) {
  const { digest, labels, layerWeights, learningRate, networkWidths, uniform, activationScale } = help;
  await init('wasm');
  defaultDevice('wasm');

  const array = (values, shape) => np.array(values).reshape(shape);
  const product = ({ n }) => {
    const a = array(uniform(1, n * n), [n, n]);
    const b = array(uniform(2, n * n), [n, n]);
    const multiply = jit((x, y) => np.matmul(x, y));
    const { run, last } = keeping(() => multiply(a.ref, b.ref));
    return { run, result: () => digest(last().ref.dataSync()) };
  };

  const elementwise = ({ activation, direction, n }) => {
    const x = array(uniform(1, n, activationScale), [n]);
    const upstream = array(uniform(2, n), [n]);
    const phi = functions[activation];
    const forward = jit((z) => phi(z));
    const backward = jit((z, g) => grad((v) => phi(v).mul(g).sum())(z));
    const { run, last } = keeping(direction === 'forward' ? () => forward(x.ref) : () => backward(x.ref, upstream.ref));
    return { run, result: () => digest(last().ref.dataSync()) };
  };

  const parametersOf = (widths) =>
    widths
      .slice(1)
      .map((units, layer) => [
        array(layerWeights(layer, widths[layer], units), [units, widths[layer]]),
        np.zeros([units]),
      ]);
  const outputs = (parameters, x) =>
    parameters.reduce((a, [weights, bias], i) => {
      const z = np.matmul(a, np.transpose(weights)).add(bias);
      return i < parameters.length - 1 ? nn.relu(z) : z;
    }, x);
  const shared = (parameters) => parameters.map(([weights, bias]) => [weights.ref, bias.ref]);

  const forward = ({ widths: text, rows }) => {
    const widths = networkWidths(text);
    const parameters = parametersOf(widths);
    const x = array(uniform(1, rows * widths[0]), [rows, widths[0]]);
    const pass = jit((p, z) => outputs(p, z));
    const { run, last } = keeping(() => pass(shared(parameters), x.ref));
    return { run, result: () => digest(last().ref.dataSync()) };
  };

  const step = ({ widths: text, rows }) => {
    const widths = networkWidths(text);
    const classes = widths.at(-1);
    const x = array(uniform(1, rows * widths[0]), [rows, widths[0]]);
    const targets = nn.oneHot(np.array(labels(rows, classes), { dtype: np.int32 }), classes);
    let parameters = parametersOf(widths);
    let loss;
    const lossOf = (p, z, t) =>
      nn
        .logSoftmax(outputs(p, z))
        .mul(t)
        .sum()
        .mul(-1 / rows);
    const update = jit((p, z, t) => {
      const [value, gradients] = valueAndGrad(lossOf)(
        p.map(([weights, bias]) => [weights.ref, bias.ref]),
        z,
        t,
      );
      const next = p.map(([weights, bias], i) => [
        weights.sub(gradients[i][0].mul(learningRate)),
        bias.sub(gradients[i][1].mul(learningRate)),
      ]);
      return [value, next];
    });
    return {
      run: async () => {
        loss?.dispose();
        [loss, parameters] = update(parameters, x.ref, targets.ref);
        await blockUntilReady(loss);
      },
      result: () => [...loss.ref.dataSync()],
    };
  };

  const works = { 'matrix-product': product, elementwise, forward, step };
  return {
    info: () => ({ 'jax-js': versionOf('@jax-js/jax'), node: process.versions.node }),
    prepare: (work) => {
      if (!Object.hasOwn(works, work.kind)) throw new Error(`${work.kind} is not written for jax-js`);
      return works[work.kind](work);
    },
  };
}
