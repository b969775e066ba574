import type { Report } from '../report.ts';
import { escapeHtml } from './escape.ts';
import { type ProvenanceEntry, provenanceEntries } from '../provenance-text.ts';

/** How the report came about. */
export function provenanceHtml(report: Report): string {
  const entries = provenanceEntries(report).map(
    (entry) => `<div><dt>${escapeHtml(entry.term)}</dt><dd>${valueHtml(entry)}</dd></div>`,
  );
  return `<section class="provenance" id="provenance" aria-labelledby="provenance-title">
<h2 id="provenance-title">Provenance</h2>
<dl>
${entries.join('\n')}
</dl>
</section>`;
}

function valueHtml({ value, code, file }: ProvenanceEntry): string {
  const text = escapeHtml(value);
  if (file) return `<a href="${text}" download>${text}</a>, beside this page`;
  return code ? `<code>${text}</code>` : text;
}
