import { escapeHtml, scriptJson } from './escape.ts';
import { gzipBase64 } from './plotly-bundle.ts';

/** From this many characters on, data are packed. */
const packFrom = 20_000;

/** Data for the page's script, under an id. */
export function packedJson(id: string, value: unknown): string {
  const json = scriptJson(value);
  return json.length < packFrom
    ? `<script type="application/json" id="${escapeHtml(id)}">${json}</script>`
    : `<script type="application/gzip" id="${escapeHtml(id)}">${gzipBase64(json)}</script>`;
}
