import type { Output } from './notebook-file.ts';
import type { Message } from './wire.ts';

/** Collects what cells publish into the outputs that a notebook keeps. */
export interface OutputCollector {
  /** Takes a message that the cell with this index has caused. */
  readonly receive: (cell: number, message: Message) => void;
  /** The outputs of a cell so far, with texts as lists of lines, as Jupyter saves them. */
  readonly of: (cell: number) => Output[];
  /** What a cell has written to stderr. */
  readonly stderr: (cell: number) => string;
}

type Draft =
  | { readonly type: 'stream'; readonly name: string; text: string }
  | {
      readonly type: 'display_data' | 'execute_result';
      content: Readonly<Record<string, unknown>>;
      readonly id?: string;
    }
  | { readonly type: 'error'; readonly content: Readonly<Record<string, unknown>> };

/**
 * Streams of one name grow together; an update of a display replaces it wherever it stands.
 */
export function collectOutputs(): OutputCollector {
  const drafts = new Map<number, Draft[]>();
  const receive = (cell: number, { type, content }: Message): void => {
    const own = drafts.get(cell) ?? [];
    drafts.set(cell, own);
    if (type === 'stream') {
      const last = own.at(-1);
      const text = String(content['text']);
      if (last?.type === 'stream' && last.name === content['name']) last.text += text;
      else own.push({ type, name: String(content['name']), text });
    } else if (type === 'display_data' || type === 'execute_result') {
      const id = displayId(content);
      own.push({ type, content, ...(id !== undefined && { id }) });
    } else if (type === 'update_display_data') {
      const id = displayId(content);
      for (const draft of [...drafts.values()].flat()) {
        if (id !== undefined && 'id' in draft && draft.id === id) draft.content = { ...draft.content, ...content };
      }
    } else if (type === 'error') {
      own.push({ type, content });
    }
  };
  return {
    receive,
    of: (cell) => (drafts.get(cell) ?? []).map(finish),
    stderr: (cell) =>
      (drafts.get(cell) ?? [])
        .map((draft) => (draft.type === 'stream' && draft.name === 'stderr' ? draft.text : ''))
        .join(''),
  };
}

function displayId(content: Readonly<Record<string, unknown>>): string | undefined {
  const { display_id: id } = (content['transient'] ?? {}) as { readonly display_id?: unknown };
  return typeof id === 'string' ? id : undefined;
}

function finish(draft: Draft): Output {
  if (draft.type === 'stream') return { output_type: 'stream', name: draft.name, text: lines(draft.text) };
  if (draft.type === 'error') {
    const { ename, evalue, traceback } = draft.content;
    return {
      output_type: 'error',
      ename: String(ename),
      evalue: String(evalue),
      traceback: Array.isArray(traceback) ? traceback.map(String) : [],
    };
  }
  const data = Object.fromEntries(
    Object.entries((draft.content['data'] ?? {}) as Record<string, unknown>).map(([type, value]) => [
      type,
      typeof value === 'string' ? lines(value) : value,
    ]),
  );
  const metadata = (draft.content['metadata'] ?? {}) as Record<string, unknown>;
  if (draft.type === 'display_data') return { output_type: 'display_data', data, metadata };
  const count = draft.content['execution_count'];
  return { output_type: 'execute_result', execution_count: typeof count === 'number' ? count : null, data, metadata };
}

function lines(text: string): string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== '');
}
