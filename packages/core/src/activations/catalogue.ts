/**
 * Every activation: one file, one line here. The name for {@link activation} is the export's, in kebab-case; an export
 * `<name>With` makes the variant of the constant `<name>` that has options.
 */
export * from './abs.ts';
export * from './celu.ts';
export * from './elu.ts';
export * from './gelu.ts';
export * from './hard-sigmoid.ts';
export * from './hard-swish.ts';
export * from './identity.ts';
export * from './leaky-relu.ts';
export * from './maxout.ts';
export * from './mish.ts';
export * from './prelu.ts';
export * from './relu.ts';
export * from './relu6.ts';
export * from './rrelu.ts';
export * from './selu.ts';
export * from './sigmoid.ts';
export * from './silu.ts';
export * from './softplus.ts';
export * from './tanh.ts';
