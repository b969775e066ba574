export * from './errors.ts';
export * from './nearest-name.ts';

// Activations
export * from './activation.ts';
