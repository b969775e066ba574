import { type Contender, type Effort, type Timing, compare } from './compare.ts';

/** One piece of work, and those who compete in doing it. */
export interface Benchmark {
  /** What is done, such as `relu forward`. */
  readonly name: string;
  /** The size of the work, such as `{ n: 512 }`. */
  readonly size: Readonly<Record<string, number | string>>;
  readonly contenders: readonly Contender[];
  /** Work that one run does, for a rate; default: only the time is told. */
  readonly rate?: { readonly amount: number; readonly unit: 'GFLOP/s' | 'GB/s' };
}

/** A row of the table and of the JSON file: one contender in one benchmark. */
export interface Result extends Timing {
  readonly benchmark: string;
  readonly size: Readonly<Record<string, number | string>>;
  /** Time of the first contender over the time of this one, medians. */
  readonly speed: number;
  /** Billions of the unit in a second, at the median. */
  readonly rate?: { readonly value: number; readonly unit: string };
}

/** Times the contenders of one benchmark; results are in their order. */
export function runBenchmark({ name, size, contenders, rate }: Benchmark, effort: Effort): readonly Result[] {
  const timings = compare(contenders, effort);
  return timings.map((timing) => ({
    benchmark: name,
    size,
    ...timing,
    speed: timings[0].median / timing.median,
    ...(rate && { rate: { value: rate.amount / timing.median / 1e9, unit: rate.unit } }),
  }));
}
