import { type Command, Option } from 'commander';
import type { Terminal } from '../terminal.ts';
import { activationOptions, initializerOptions, readActivation, readInitializer } from './named-subject.ts';
import { flagOf } from './option-kinds.ts';
import { predictionJson, predictionLines } from './print-prediction.ts';
import { theoryChapters } from './table.ts';
import type { TheoryCommand } from './theory-command.ts';

type Flags = Readonly<Record<string, unknown>>;

/** Adds `relu-lab theory` to the program: a subcommand for each line of the table. */
export function addTheoryCommands(program: Command, terminal: Terminal, end: (exitCode: number) => void): void {
  const theory = program
    .command('theory')
    .description('say what mathematics predicts of an activation, or of a network at birth')
    .helpCommand(false)
    .addHelpText('after', `\nExamples:\n${examples}\n${notes}`);
  for (const { title, commands } of theoryChapters) {
    theory.commandsGroup(`${title}:`);
    for (const entry of commands) addCommand(theory, entry, terminal, end);
  }
}

function addCommand(theory: Command, entry: TheoryCommand, terminal: Terminal, end: (exitCode: number) => void): void {
  const { name, summary, takes, subject, example } = entry;
  const command = theory.command(name).description(summary);
  for (const [key, { required, shape, meaning, fallback }] of Object.entries(takes)) {
    const text = fallback === undefined ? meaning : `${meaning} (default: ${fallback})`;
    command.addOption(new Option(`${flagOf(key)} <${shape}>`, text).makeOptionMandatory(required));
  }
  command.option('--json', 'as JSON, with all digits');
  if (subject !== 'none') addActivationOptions(command);
  if (subject === 'activation and initializer') addInitializerOptions(command);
  command.addHelpText('after', `\nExample:\n  relu-lab theory ${name} ${example}`.trimEnd()).action((flags: Flags) => {
    const prediction = entry.compute(readValues(entry, flags), () => readActivation(flags));
    if (flags['json'] === true) terminal.out(predictionJson(prediction));
    else for (const line of predictionLines(prediction, entry.results)) terminal.out(line);
    end(0);
  });
}

function addActivationOptions(command: Command): void {
  command.optionsGroup('Activation:');
  command.requiredOption('--activation <name>', 'such as relu, leaky-relu, gelu');
  for (const [key, owners] of activationOptions) command.option(`${flagOf(key)} <number>`, `of ${owners.join(', ')}`);
}

function addInitializerOptions(command: Command): void {
  command.optionsGroup('Initializer:');
  command.requiredOption('--initializer <name>', 'such as he-normal, xavier-uniform, pytorch-default');
  for (const [key, owners] of initializerOptions) command.option(`${flagOf(key)} <value>`, `of ${owners.join(', ')}`);
}

function readValues({ takes, subject }: TheoryCommand, flags: Flags): Flags {
  const values: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(takes)) {
    const text = flags[key];
    if (typeof text === 'string') values[key] = option.read(text, flagOf(key));
  }
  return subject === 'activation and initializer' ? { ...values, initializer: readInitializer(flags) } : values;
}

const examples = `  relu-lab theory moments --activation gelu
  relu-lab theory edge-of-chaos --activation tanh --bias-variance 0.05
  relu-lab theory mean-field --activation leaky-relu --alpha 0.2 --weight-variance 1.9
  relu-lab theory born-dead --width 8 --depth 20 --json`;

const notes = `
"none" stands for what does not exist: JSON has null there, and the strings "NaN" and "Infinity" for such numbers.
Exit codes: 0; 2 bad input.`;
