import type { DocumentBlock } from '@relu-lab/report';
import { cellText, columnsOf } from '../display/table-markup.ts';

type TableBlock = Omit<Extract<DocumentBlock, { readonly kind: 'table' }>, 'kind'>;

/** What `table` leaves in an output's metadata, so that a page can make a table of its own of it. */
export interface SavedTable {
  readonly columns: readonly string[];
  readonly rows: readonly object[];
  readonly caption: string;
}

/** The rows as JSON has them: numbers, strings, and what else there is as text. */
export function savedTable(rows: readonly object[], columns: readonly string[], caption: string): SavedTable {
  const value = (found: unknown): unknown =>
    (typeof found === 'number' && Number.isFinite(found)) || typeof found === 'string' ? found : cellText(found);
  const plain = rows.map((row) =>
    Object.fromEntries(columns.map((name) => [name, value((row as Readonly<Record<string, unknown>>)[name])])),
  );
  return { columns, rows: plain, caption };
}

/** The table that the metadata of an output hold, or null. */
export function shownTable(metadata: Readonly<Record<string, unknown>>): TableBlock | null {
  const own = metadata['relu_lab'] as { readonly table?: Partial<SavedTable> } | undefined;
  const { columns, rows, caption } = own?.table ?? {};
  if (!Array.isArray(rows) || rows.length === 0 || rows.some((row) => typeof row !== 'object' || row === null))
    return null;
  const names = Array.isArray(columns) ? columns.map(String) : columnsOf(rows);
  return {
    columns: names.map((key) => ({ key, label: key })),
    rows: rows as TableBlock['rows'],
    caption: typeof caption === 'string' ? caption : '',
  };
}
