import { dirname, join, resolve } from 'node:path';
import { type Study, buildReport, messageOf, resolveParameters, runMemory } from '@relu-lab/report';
import { codeFiles, codeHash } from '@relu-lab/sweep';
import { type BuildFlags, readChoice } from '../build.ts';
import { findStudy } from '../find-studies.ts';
import { listenForInterrupts } from '../interrupts.ts';
import { loadStudy } from '../load-study.ts';
import { printable } from '../progress-text.ts';
import type { Terminal } from '../terminal.ts';
import { readWholeNumber } from '../whole-number.ts';
import { listenForChanges } from './changes.ts';
import { type LivePage, servePage } from './live-page.ts';

/** The options of `relu-lab report watch`. */
export interface WatchFlags extends Pick<BuildFlags, 'seed' | 'profile' | 'set' | 'workers'> {
  readonly out: string;
  readonly port?: string;
}

/**
 * Builds a study, serves its page, and builds again when a file in its folder changes, or one elsewhere that it imports, until
 * Ctrl-C. Finished runs are used again as long as the code of their experiment is the same, and what `run` returned as long as that of
 * the study is.
 *
 * @returns 0.
 * @throws UsageError and ParameterError before anything runs.
 */
export async function watchStudy(target: string, flags: WatchFlags, terminal: Terminal): Promise<number> {
  const choice = readChoice(flags);
  const { file } = findStudy(target, process.cwd());
  let study = await loadStudy(file, { afresh: true });
  resolveParameters(study, choice.profile, choice.parameters);
  const page = await servePage(readWholeNumber('--port', flags.port, { from: 0, to: 65535 }) ?? 0);
  const interrupts = listenForInterrupts(() => undefined);
  const { signal } = interrupts;
  const memory = runMemory(() => codeHash(file));
  const changes = listenForChanges(dirname(file), resolve(flags.out), signal);
  changes.follow(codeOf(file));
  terminal.out(`Watching: ${page.url} (Ctrl-C ends)`);
  try {
    for (let changed: readonly string[] = [file]; !signal.aborted; changed = await changes.next()) {
      try {
        // Prose is read at every build.
        if (changed.some((name) => !name.endsWith('.md'))) {
          changes.follow(codeOf(file));
          study = await loadStudy(file, { afresh: true });
        }
        const folder = join(flags.out, study.id);
        await buildOnce(study, { ...choice, folder, file, target, memory, signal }, { page, terminal });
      } catch (error) {
        terminal.info(`Error: ${printable(messageOf(error))}`);
      }
    }
  } finally {
    interrupts.release();
    await page.close();
  }
  return 0;
}

/** The study's file, and what it imports by relative paths. */
function codeOf(study: string): readonly string[] {
  return codeFiles(study).map(({ file }) => file);
}

async function buildOnce(
  study: Study,
  options: Parameters<typeof buildReport>[1],
  { page, terminal }: { readonly page: LivePage; readonly terminal: Terminal },
): Promise<void> {
  const startedAt = performance.now();
  const build = await buildReport(study, { ...options, keepRuns: true });
  if (build.status !== 'completed') {
    if (build.status === 'aborted') return;
    throw build.error;
  }
  const { built } = build;
  for (const { place, message } of [...built.problems, ...built.notices]) {
    terminal.info(`${printable(place)}: ${printable(message)}`);
  }
  page.show(built.html, options.folder);
  terminal.out(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}
