import { parseArgs } from 'node:util';
import { type Effort, type SuiteName, suiteNames } from './results.ts';

/** What the command line asks for. */
export interface BenchOptions {
  readonly suites: readonly SuiteName[];
  readonly effort: Effort;
  /** Whether other engines take part. */
  readonly peers: boolean;
  /** Print the results as JSON, and nothing else, on stdout. */
  readonly json: boolean;
  /** Result files to make RESULTS.md of, without measuring anything. */
  readonly render: readonly string[];
}

export const usage: string = `npm run bench -- [options]

  --only a,b       some of the suites: ${suiteNames.join(', ')}
  --rounds n       how often each contender is timed in turn (15)
  --quick          3 short rounds: a glance, not a result
  --no-peers       without other engines (the first run with them installs some 800 MB)
  --json           the results as JSON on stdout
  --render a,b     make RESULTS.md of result files; later ones replace suites of earlier ones`;

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** @throws UsageError for what is not in {@link usage}. */
export function readOptions(given: readonly string[]): BenchOptions | 'help' {
  const { values } = parse(given);
  if (values.help) return 'help';
  const quick = values.quick ?? false;
  const rounds = values.rounds === undefined ? (quick ? 3 : 15) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new UsageError(`--rounds takes a whole number of at least 1, not '${values.rounds ?? ''}'`);
  }
  return {
    suites: suitesOf(list(values.only)),
    effort: quick
      ? { rounds, chunkSeconds: 0.002, warmUpSeconds: 0.02 }
      : { rounds, chunkSeconds: 0.008, warmUpSeconds: 0.1 },
    // Nx hands `--no-peers` on as `--peers=false`.
    peers: !(values['no-peers'] ?? false) && values.peers !== 'false',
    json: values.json ?? false,
    render: list(values.render),
  };
}

function parse(given: readonly string[]): { readonly values: Values } {
  try {
    return parseArgs({
      args: given.map((argument) => argument.replace(/^(--(?:quick|json|no-peers|help))=true$/, '$1')),
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean' },
        'no-peers': { type: 'boolean' },
        peers: { type: 'string' },
        json: { type: 'boolean' },
        render: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

interface Values {
  readonly only?: string | undefined;
  readonly rounds?: string | undefined;
  readonly quick?: boolean | undefined;
  readonly 'no-peers'?: boolean | undefined;
  readonly peers?: string | undefined;
  readonly json?: boolean | undefined;
  readonly render?: string | undefined;
  readonly help?: boolean | undefined;
}

function list(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(',');
}

function suitesOf(names: readonly string[]): readonly SuiteName[] {
  if (names.length === 0) return suiteNames;
  const unknown = names.filter((name) => !(suiteNames as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`There is no suite ${unknown.join(', ')}; there are ${suiteNames.join(', ')}`);
  }
  return suiteNames.filter((name) => names.includes(name));
}
