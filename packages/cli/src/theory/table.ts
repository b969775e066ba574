import { correlationCommands } from './commands/correlations.ts';
import { deadUnitCommands } from './commands/dead-units.ts';
import { depthCommands } from './commands/depth.ts';
import { meanFieldCommands } from './commands/mean-field.ts';
import { momentCommands } from './commands/moments.ts';
import { regionCommands } from './commands/regions.ts';
import { seluCommands } from './commands/selu.ts';
import type { TheoryCommand } from './theory-command.ts';

/** All commands of `relu-lab theory`, by chapter. */
export const theoryChapters: readonly { readonly title: string; readonly commands: readonly TheoryCommand[] }[] = [
  { title: 'Moments', commands: momentCommands },
  { title: 'Mean field', commands: meanFieldCommands },
  { title: 'Correlations and kernels', commands: correlationCommands },
  { title: 'Dead units and zeros', commands: deadUnitCommands },
  { title: 'Finite width and depth', commands: depthCommands },
  { title: 'Linear regions', commands: regionCommands },
  { title: 'SELU', commands: seluCommands },
];
