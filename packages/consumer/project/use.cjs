/* eslint-disable @typescript-eslint/no-require-imports -- that require() works is what this file shows */
// Requires the packages that are named as arguments, and trains.
const core = require('@relu-lab/core');
const datasets = require('@relu-lab/datasets');
const nn = require('@relu-lab/nn');
const trainOnTwoMoons = require('./train-on-two-moons.cjs');

const loaded = process.argv.slice(2);
for (const name of loaded) require(name);
trainOnTwoMoons({ core, datasets, nn }).then((result) => {
  process.stdout.write(JSON.stringify({ loaded, ...result }));
});
