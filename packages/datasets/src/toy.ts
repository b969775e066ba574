export type { ToyOptions } from './toy/toy-options.ts';
export { type BlobOptions, blobs } from './toy/blobs.ts';
export { type CheckerboardOptions, checkerboard } from './toy/checkerboard.ts';
export { type CircleOptions, circles } from './toy/circles.ts';
export { type FunctionName, type FunctionOptions, functionNames, sampleFunction } from './toy/sample-function.ts';
export { type SpiralOptions, spirals } from './toy/spirals.ts';
export { twoMoons } from './toy/two-moons.ts';
