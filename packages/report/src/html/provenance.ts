import type { Report } from '../report.ts';
import { escapeHtml } from './escape.ts';
import { provenanceEntries } from '../provenance-text.ts';

/** How the report came about. */
export function provenanceHtml(report: Report): string {
  const entries = provenanceEntries(report).map(
    ({ term, value, code }) =>
      `<div><dt>${escapeHtml(term)}</dt><dd>${code ? `<code>${escapeHtml(value)}</code>` : escapeHtml(value)}</dd></div>`,
  );
  return `<section class="provenance" id="provenance" aria-labelledby="provenance-title">
<h2 id="provenance-title">Provenance</h2>
<dl>
${entries.join('\n')}
</dl>
</section>`;
}
