/** Trains a small network on two moons, with the packages that it is given, however they were loaded. */
module.exports = async function trainOnTwoMoons({ core, datasets, nn }) {
  const network = nn.mlp({
    inputs: 2,
    hidden: [16, 16],
    outputs: 2,
    activation: core.leakyRelu({ alpha: 0.1 }),
    weights: core.initializer('he-normal'),
    seed: 1,
  });
  const { status, losses, history } = await nn.train(network, {
    data: datasets.twoMoons({ samples: 500, seed: 1 }),
    validation: datasets.twoMoons({ samples: 500, seed: 2 }),
    loss: nn.crossEntropy(),
    optimizer: nn.adam({ learningRate: 0.01 }),
    epochs: 40,
    batchSize: 32,
    seed: 1,
  });
  return { status, losses: [...losses], accuracy: history[history.length - 1].validation.accuracy };
};
