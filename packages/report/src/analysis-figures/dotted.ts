import type { Trace } from '../figures/trace.ts';

/** The traces, those whose name is chosen as dotted lines without markers: as theory is drawn over what was measured. */
export function dotted(traces: readonly Trace[], isChosen: (name: string) => boolean): readonly Trace[] {
  return traces.map((trace) => {
    if (typeof trace['name'] !== 'string' || !isChosen(trace['name']) || 'fill' in trace) return trace;
    return { ...trace, mode: 'lines', line: { ...(trace['line'] as object), dash: 'dot', width: 2 } };
  });
}
