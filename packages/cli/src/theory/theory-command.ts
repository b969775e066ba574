import type { ElementwiseActivation } from '@relu-lab/core';
import type { TheoryOption } from './option-kinds.ts';

/** Options by key. */
export type TheoryOptions = Readonly<Record<string, TheoryOption<unknown, boolean>>>;

type ValueOf<Option> = Option extends TheoryOption<infer Value, boolean> ? Value : never;

/** What is known of options when a command computes: those that were not given are not there. */
export type TheoryValues<Takes extends TheoryOptions> = {
  readonly [Key in keyof Takes as Takes[Key]['required'] extends true ? Key : never]: ValueOf<Takes[Key]>;
} & {
  readonly [Key in keyof Takes as Takes[Key]['required'] extends true ? never : Key]?: ValueOf<Takes[Key]>;
};

/** What a prediction consists of: a record, or a record for each layer or point. */
export type Prediction = object | readonly object[];

/** A subcommand of `relu-lab theory`: one function of `@relu-lab/theory`, with its options and what its results mean. */
export interface TheoryCommand {
  readonly name: string;
  readonly summary: string;
  readonly takes: TheoryOptions;
  /** What is named on the command line, and comes with options of its own. */
  readonly subject: 'activation' | 'activation and initializer' | 'none';
  /** For each name in the results, what it is. */
  readonly results: Readonly<Record<string, string>>;
  /** What stands after `relu-lab theory <name>` in the example. */
  readonly example: string;
  /** @param activation - gives the activation that the command line names. */
  compute(values: Readonly<Record<string, unknown>>, activation: () => ElementwiseActivation): Prediction;
}

/** What a command of an activation is made of. */
interface OfActivation<Takes extends TheoryOptions> extends Omit<TheoryCommand, 'compute' | 'subject' | 'takes'> {
  readonly takes: Takes;
  readonly compute: (activation: ElementwiseActivation, values: TheoryValues<Takes>) => Prediction;
}

/** What a command without an activation is made of. */
interface OfNumbers<Takes extends TheoryOptions> extends Omit<TheoryCommand, 'compute' | 'subject' | 'takes'> {
  readonly takes: Takes;
  readonly compute: (values: TheoryValues<Takes>) => Prediction;
}

/** A command that predicts something of an activation. */
export function ofActivation<const Takes extends TheoryOptions>(parts: OfActivation<Takes>): TheoryCommand {
  return {
    ...parts,
    subject: 'activation',
    compute: (values, activation) => parts.compute(activation(), values as TheoryValues<Takes>),
  };
}

/** A command that predicts something of ReLU, maxout or SELU networks, or of a construction. */
export function ofNumbers<const Takes extends TheoryOptions>(parts: OfNumbers<Takes>): TheoryCommand {
  return { ...parts, subject: 'none', compute: (values) => parts.compute(values as TheoryValues<Takes>) };
}
