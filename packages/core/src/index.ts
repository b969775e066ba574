export * from './errors.ts';
export * from './nearest-name.ts';

// Activations
export * from './activation.ts';

// Memory and kernels
export * from './arena.ts';
export * from './backend.ts';
export { createBackend } from './backends/create.ts';

// Random numbers
export type { RandomStream } from './random/stream.ts';
export { random } from './random/random.ts';
