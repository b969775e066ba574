import * as theory from '@relu-lab/theory';
import { describe, expect, it } from 'vitest';
import { main } from '../main.ts';
import { activationOptions, initializerOptions } from './named-subject.ts';
import { theoryChapters } from './table.ts';

const commands = theoryChapters.flatMap((chapter) => chapter.commands);

/** Runs a command in this process. */
async function run(words: readonly string[]): Promise<{ code: number; out: string[]; info: string[] }> {
  const out: string[] = [];
  const info: string[] = [];
  const terminal = { out: (line: string) => void out.push(line), info: (line: string) => void info.push(line) };
  return { code: await main(words, terminal), out, info };
}

const wordsOf = (name: string, example: string): readonly string[] => [
  'theory',
  name,
  ...example.split(' ').filter((word) => word !== ''),
];

/** All names of values in a result, at any depth; weights and biases of a construction aside. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => namesIn(item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === 'layers' ? [key] : [key, ...namesIn(part)]));
}

describe('the table of theory commands', () => {
  it('has a command for every function of the theory package', () => {
    const shortened: Readonly<Record<string, string>> = { bornDeadProbability: 'born-dead' };
    // A quantile is a tool for those who compute on, and no prediction.
    const wanted = Object.keys(theory)
      .filter((name) => name !== 'normalQuantile')
      .map((name) => shortened[name] ?? name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`));
    expect(commands.map(({ name }) => name).sort()).toEqual(wanted.sort());
  });

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s: its example runs, and each of its results has a meaning',
    async (name, { example, results }) => {
      const table = await run(wordsOf(name, example));
      expect(table).toMatchObject({ code: 0, info: [] });
      expect(table.out.join('\n')).not.toMatch(/undefined|\[object|NaN/);
      const json = await run([...wordsOf(name, example), '--json']);
      const names = namesIn(JSON.parse(json.out.join('\n')));
      expect(names.filter((key) => results[key] === undefined)).toEqual([]);
    },
  );

  it.each(commands.map((command) => [command.name, command] as const))(
    '%s: none of its options is also one of its activation or initializer',
    (_name, { takes, subject }) => {
      const others = [
        ...(subject === 'none' ? [] : ['activation', ...activationOptions.keys()]),
        ...(subject === 'activation and initializer' ? ['initializer', ...initializerOptions.keys()] : []),
        'json',
      ];
      const all = [...Object.keys(takes), ...others];
      expect(all.filter((key, i) => all.indexOf(key) !== i)).toEqual([]);
    },
  );
});
