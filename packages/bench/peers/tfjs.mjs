/** TensorFlow.js on its backends `cpu` and `wasm`. */
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

const functions = {
  relu: (x) => tf.relu(x),
  'leaky-relu': (x) => tf.leakyRelu(x, 0.01),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  gelu: (x) => tf.tidy(() => x.mul(0.5).mul(tf.erf(x.mul(Math.SQRT1_2)).add(1))),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  silu: (x) => tf.tidy(() => x.mul(tf.sigmoid(x))),
};

/** Keeps only the last result, as a loop that is written well does. Both backends compute at once. */
function keeping(make) {
  let last;
  return {
    run: () => {
      last?.dispose();
      last = make();
    },
    last: () => last,
  };
}

export async function createEngine({ backend }, help) {
  const { digest, labels, layerWeights, learningRate, networkWidths, uniform, activationScale } = help;
  await tf.setBackend(backend);
  await tf.ready();
  if (tf.getBackend() !== backend) throw new Error(`TensorFlow.js runs ${tf.getBackend()} and not ${backend}`);

  const product = ({ n }) => {
    const a = tf.tensor2d(uniform(1, n * n), [n, n]);
    const b = tf.tensor2d(uniform(2, n * n), [n, n]);
    const { run, last } = keeping(() => tf.matMul(a, b));
    return { run, result: () => digest(last().dataSync()), drop: () => tf.dispose([a, b, last()]) };
  };

  const elementwise = ({ activation, direction, n }) => {
    const x = tf.tensor1d(uniform(1, n, activationScale));
    const upstream = tf.tensor1d(uniform(2, n));
    const phi = functions[activation];
    if (!phi) throw new Error(`TensorFlow.js has no ${activation}`);
    // Forward and backward together: there is no other way to a gradient.
    const derivative = tf.grad(phi);
    const { run, last } = keeping(direction === 'forward' ? () => phi(x) : () => derivative(x, upstream));
    return { run, result: () => digest(last().dataSync()), drop: () => tf.dispose([x, upstream, last()]) };
  };

  const network = (text) => {
    const widths = networkWidths(text);
    return widths.slice(1).map((units, layer) => ({
      // TensorFlow.js multiplies by inputs × units.
      weights: tf.tidy(() =>
        tf.variable(tf.tensor2d(layerWeights(layer, widths[layer], units), [units, widths[layer]]).transpose()),
      ),
      bias: tf.variable(tf.zeros([units])),
    }));
  };
  const outputs = (layers, x) =>
    layers.reduce((a, { weights, bias }, i) => {
      const z = tf.add(tf.matMul(a, weights), bias);
      return i < layers.length - 1 ? tf.relu(z) : z;
    }, x);
  const batch = (text, rows) => {
    const [features] = networkWidths(text);
    return tf.tensor2d(uniform(1, rows * features), [rows, features]);
  };
  const dropNetwork = (layers) => tf.dispose(layers.flatMap(({ weights, bias }) => [weights, bias]));

  const forward = ({ widths, rows }) => {
    const layers = network(widths);
    const x = batch(widths, rows);
    const { run, last } = keeping(() => tf.tidy(() => outputs(layers, x)));
    return { run, result: () => digest(last().dataSync()), drop: () => (dropNetwork(layers), tf.dispose([x, last()])) };
  };

  const step = ({ widths, rows }) => {
    const layers = network(widths);
    const x = batch(widths, rows);
    const classes = networkWidths(widths).at(-1);
    const targets = tf.oneHot(tf.tensor1d(labels(rows, classes), 'int32'), classes).toFloat();
    const optimizer = tf.train.sgd(learningRate);
    const { run, last } = keeping(() =>
      optimizer.minimize(() => tf.losses.softmaxCrossEntropy(targets, outputs(layers, x)), true),
    );
    return {
      run,
      result: () => [...last().dataSync()],
      drop: () => (dropNetwork(layers), optimizer.dispose(), tf.dispose([x, targets, last()])),
    };
  };

  const works = { 'matrix-product': product, elementwise, forward, step };
  return {
    info: () => ({ tfjs: tf.version.tfjs, backend, node: process.versions.node }),
    prepare: (work) => {
      if (!Object.hasOwn(works, work.kind)) throw new Error(`${work.kind} is not written for TensorFlow.js`);
      return works[work.kind](work);
    },
  };
}
