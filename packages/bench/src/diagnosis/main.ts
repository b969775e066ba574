import { performance } from 'node:perf_hooks';
import { diagnose, explainDiagnosis } from '@relu-lab/analysis';
import type { Case } from './case.ts';
import { healthyCases } from './healthy.ts';
import { plantedCases } from './planted.ts';

/** What came of one case. */
export interface Outcome {
  readonly illness: string | null;
  readonly name: string;
  /** Illnesses that were found, the worst first. */
  readonly found: readonly string[];
  /** The place of the planted illness among them, from 1; null when it was not named. For healthy networks null. */
  readonly rank: number | null;
  readonly milliseconds: number;
  /** The findings in words, where the outcome is not the one that is wanted. */
  readonly explanation: string | null;
}

/** Hits and false alarms. */
export interface DiagnosisBench {
  readonly planted: number;
  readonly named: number;
  readonly first: number;
  readonly healthy: number;
  readonly falseAlarms: number;
  /** Networks whose training did not learn the data, which are not known to be healthy and not counted. */
  readonly unlearned: readonly string[];
  readonly outcomes: readonly Outcome[];
}

export interface DiagnosisBenchOptions {
  /** Seeds of each planted illness and healthy network; default 2. */
  readonly seeds?: number;
  /** The first of the seeds, which follow one another; default 1. */
  readonly firstSeed?: number;
  /** Only cases whose illness or name holds this text; default: all. */
  readonly only?: string;
  /** Gets the table line by line; default: standard output. */
  readonly print?: (line: string) => void;
}

/** Diagnoses networks with planted illnesses and healthy ones, and prints hits and false alarms. */
export async function main(options: DiagnosisBenchOptions = {}): Promise<DiagnosisBench> {
  const { seeds = 2, firstSeed = 1, only = '', print = (line) => process.stdout.write(`${line}\n`) } = options;
  const numbers = Array.from({ length: seeds }, (_, i) => firstSeed + i);
  const cases = [...plantedCases(numbers), ...healthyCases(numbers)].filter(
    ({ name, illness }) => name.includes(only) || (illness ?? 'healthy').includes(only),
  );
  const outcomes: Outcome[] = [];
  const unlearned: string[] = [];
  for (const one of cases) {
    const outcome = await look(one);
    if (!outcome) {
      unlearned.push(one.name);
      continue;
    }
    outcomes.push(outcome);
    if (outcome.explanation !== null) print(`${outcome.name}\n${outcome.explanation}\n`);
  }
  const planted = outcomes.filter(({ illness }) => illness !== null);
  const healthy = outcomes.filter(({ illness }) => illness === null);
  for (const line of table(planted)) print(line);
  const falseAlarms = healthy.filter(({ found }) => found.length > 0);
  const result = {
    planted: planted.length,
    named: planted.filter(({ rank }) => rank !== null).length,
    first: planted.filter(({ rank }) => rank === 1).length,
    healthy: healthy.length,
    falseAlarms: falseAlarms.length,
    unlearned,
    outcomes,
  };
  const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  print(`planted illnesses: ${result.named} of ${result.planted} named, ${result.first} ranked first`);
  print(`healthy networks: ${result.falseAlarms} false alarms in ${result.healthy}`);
  print(
    `left out, since their training did not learn the data: ${unlearned.length === 0 ? 'none' : unlearned.join('; ')}`,
  );
  print(
    `time of a diagnosis: median ${times[Math.floor(times.length / 2)]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`,
  );
  return result;
}

async function look({ illness, name, expected, make }: Case): Promise<Outcome | null> {
  const prepared = await make();
  if (!prepared) return null;
  const { network, data, options } = prepared;
  const started = performance.now();
  const diagnosis = diagnose(network, data, options);
  const milliseconds = performance.now() - started;
  const found = diagnosis.findings.map((finding) => finding.illness);
  const place = found.findIndex((one) => expected.includes(one));
  const wanted = illness === null ? diagnosis.healthy : place >= 0;
  return {
    illness,
    name,
    found,
    rank: place >= 0 ? place + 1 : null,
    milliseconds,
    explanation: wanted ? null : explainDiagnosis(diagnosis),
  };
}

function table(planted: readonly Outcome[]): readonly string[] {
  const illnesses = [...new Set(planted.map(({ illness }) => illness ?? ''))];
  const head = `${'planted'.padEnd(44)} cases named first  found first`;
  const rows = illnesses.map((illness) => {
    const own = planted.filter((outcome) => outcome.illness === illness);
    const firsts = [...new Set(own.map(({ found }) => found[0] ?? 'nothing'))];
    const count = (n: number): string => String(n).padStart(5);
    const named = own.filter(({ rank }) => rank !== null).length;
    return `${illness.padEnd(44)} ${count(own.length)} ${count(named)} ${count(own.filter(({ rank }) => rank === 1).length)}  ${firsts.join(', ')}`;
  });
  return [head, ...rows, ''];
}
