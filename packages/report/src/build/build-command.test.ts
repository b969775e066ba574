import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildCommand } from './build-command.ts';
import { parseAssignments } from './parameters.ts';

describe('buildCommand', () => {
  it('is read back by a shell as the same choices', () => {
    const parameters = { seeds: 5, rates: [0.1, 0.2], name: 'it\'s $HOME `x` "y" \\', off: false };
    const command = buildCommand('./my study.ts', { profile: 'full', seed: 3, parameters });
    const words = command.replace(/^relu-lab/, 'printf "%s\\n"');
    const [, , target, , profile, , seed, ...rest] = execFileSync('/bin/sh', ['-c', words], { encoding: 'utf8' }).split(
      '\n',
    );
    expect([target, profile, seed]).toEqual(['./my study.ts', 'full', '3']);
    expect(parseAssignments(rest.filter((word) => word.includes('=')))).toEqual(parameters);
  });
});
