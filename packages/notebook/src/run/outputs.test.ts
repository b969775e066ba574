import { describe, expect, it } from 'vitest';
import { collectOutputs } from './outputs.ts';

const message = (type: string, content: Record<string, unknown>) => ({ type, parentId: '', content });
const display = (text: string, id?: string) => ({
  data: { 'text/plain': text },
  metadata: {},
  transient: { display_id: id },
});

describe('collectOutputs', () => {
  it('joins what comes on one stream, and keeps the order of streams', () => {
    const outputs = collectOutputs();
    for (const [name, text] of [
      ['stdout', 'a'],
      ['stdout', 'b\nc\n'],
      ['stderr', 'careful\n'],
      ['stdout', 'd'],
    ]) {
      outputs.receive(0, message('stream', { name, text }));
    }
    expect(outputs.of(0)).toEqual([
      { output_type: 'stream', name: 'stdout', text: ['ab\n', 'c\n'] },
      { output_type: 'stream', name: 'stderr', text: ['careful\n'] },
      { output_type: 'stream', name: 'stdout', text: ['d'] },
    ]);
    expect(outputs.stderr(0)).toBe('careful\n');
    expect(outputs.of(1)).toEqual([]);
  });

  it('replaces a display wherever it stands, from whichever cell the update comes', () => {
    const outputs = collectOutputs();
    outputs.receive(0, message('display_data', display('first', 'x')));
    outputs.receive(0, message('display_data', display('other', 'y')));
    outputs.receive(1, message('display_data', display('again', 'x')));
    outputs.receive(2, message('update_display_data', display('new', 'x')));
    outputs.receive(2, message('update_display_data', display('lost', 'nobody')));
    const texts = (cell: number) => outputs.of(cell).map((output) => 'data' in output && output.data['text/plain']);
    expect([texts(0), texts(1), texts(2)]).toEqual([[['new'], ['other']], [['new']], []]);
    expect(outputs.of(0)[0]).toEqual({ output_type: 'display_data', data: { 'text/plain': ['new'] }, metadata: {} });
  });

  it('keeps objects as they are, errors and results with their fields', () => {
    const outputs = collectOutputs();
    const figure = { data: [{ y: [1, 2] }] };
    outputs.receive(
      0,
      message('display_data', { data: { 'application/vnd.plotly.v1+json': figure }, metadata: { a: 1 } }),
    );
    outputs.receive(0, message('execute_result', { execution_count: 3, data: { 'text/plain': '5' }, metadata: {} }));
    outputs.receive(0, message('error', { ename: 'E', evalue: 'v', traceback: ['t'] }));
    outputs.receive(0, message('execute_input', { code: '1' }));
    expect(outputs.of(0)).toEqual([
      { output_type: 'display_data', data: { 'application/vnd.plotly.v1+json': figure }, metadata: { a: 1 } },
      { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': ['5'] }, metadata: {} },
      { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
    ]);
  });
});
