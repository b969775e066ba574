export * from './errors.ts';
export * from './nearest-name.ts';

// Activations
export * from './activation.ts';
export * from './activations/by-name.ts';
export * from './activations/catalogue.ts';
export * from './activations/define-activation.ts';
export type { SubgradientOptions } from './activations/subgradient.ts';
export * from './apply.ts';
export * from './check-activation.ts';
export { millsRatio, normalCumulative, normalDensity } from './activations/normal-distribution.ts';

// Memory and kernels
export * from './arena.ts';
export * from './backend.ts';
export { type AvailableBackend, availableBackends } from './backends/available.ts';
export { createBackend } from './backends/create.ts';
export type { BackendProvider, BuildStatus } from './backends/provider.ts';
export { registerBackend } from './backends/providers.ts';
export { selfCheck } from './backends/self-check.ts';
export { supportedBuilds } from './backends/wasm/instantiate.ts';

// Numbers
export { power } from './power.ts';

// Random numbers
export type { RandomStream } from './random/stream.ts';
export { random } from './random/random.ts';

// Initialisers
export type { FanMode, Initializer } from './initializer.ts';
export {
  type InitializerName,
  type InitializerOptions,
  type InitializerOptionsByName,
  initializer,
  initializerNames,
} from './initializers/by-name.ts';

// Data sets
export { type Dataset, checkDataset, selectRows, takeRows } from './dataset.ts';
