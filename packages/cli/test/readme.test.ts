import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { theoryChapters } from '../src/theory/table.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, makeProject } from './project.ts';

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8');
const examples = [...readme.matchAll(/```console\n\$ relu-lab (.*)\n([\s\S]*?)```/g)].map(
  ([, words = '', output = '']) => [words, output] as const,
);

let project: Project;
beforeAll(() => {
  project = makeProject([]);
  writeFileSync(join(project.folder, 'decay.ts'), /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '');
});
afterAll(() => project.remove());

describe('README.md', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(3);
  });

  it.each(examples)('shows what relu-lab %s prints', async (words, output) => {
    expect(await project.run(words.split(' '))).toMatchObject({ code: 0, out: output });
  });

  it('speaks of every command', () => {
    const commands = theoryChapters.flatMap((chapter) => chapter.commands.map(({ name }) => name));
    expect(commands.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});
