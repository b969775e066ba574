import type { Result } from './benchmark.ts';

const columns: readonly { readonly title: string; readonly cell: (result: Result) => string }[] = [
  { title: 'size', cell: ({ size }) => Object.values(size).join(', ') },
  { title: 'contender', cell: ({ contender }) => contender },
  { title: 'µs', cell: ({ median }) => threeDigits(median * 1e6) },
  {
    title: 'quartiles',
    cell: ({ lowerQuartile, upperQuartile }) =>
      `${threeDigits(lowerQuartile * 1e6)} – ${threeDigits(upperQuartile * 1e6)}`,
  },
  { title: 'rate', cell: ({ rate }) => (rate ? `${threeDigits(rate.value)} ${rate.unit}` : '') },
  { title: 'speed', cell: ({ speed }) => `× ${threeDigits(speed)}` },
];

/** The head of the table: one line. */
export function tableHead(): string {
  return line(
    '',
    columns.map(({ title }) => title),
  );
}

/** One line of the table for each result; the benchmark's name stands in the first. */
export function tableRows(results: readonly Result[]): string {
  return results
    .map((result, i) =>
      line(
        i === 0 ? result.benchmark : '',
        columns.map(({ cell }) => cell(result)),
      ),
    )
    .join('\n');
}

function line(name: string, cells: readonly string[]): string {
  const widths = [20, 16, 9, 18, 15, 8];
  return [name.padEnd(22), ...cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))].join(
    ' ',
  );
}

function threeDigits(value: number): string {
  return value >= 999.5 ? value.toFixed(0) : value.toPrecision(3);
}
