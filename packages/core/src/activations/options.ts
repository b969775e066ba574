export * from '../options.ts';
