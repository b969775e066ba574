// Imports the packages that are named as arguments, and trains.
import * as core from '@relu-lab/core';
import * as datasets from '@relu-lab/datasets';
import * as nn from '@relu-lab/nn';
import trainOnTwoMoons from './train-on-two-moons.cjs';

const loaded = process.argv.slice(2);
for (const name of loaded) await import(name);
process.stdout.write(JSON.stringify({ loaded, ...(await trainOnTwoMoons({ core, datasets, nn })) }));
