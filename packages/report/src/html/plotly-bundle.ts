import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

/** Code that a page carries packed, and what a Content-Security-Policy must allow for it to run. */
export interface PackedCode {
  /** Gzip, base64. */
  readonly packed: string;
  /** `'sha256-…'` of the unpacked text. */
  readonly source: string;
}

let bundle: PackedCode | undefined;

/** The whole of Plotly. */
export function plotlyBundle(): PackedCode {
  bundle ??= pack(readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist-min'), 'utf8'));
  return bundle;
}

function pack(code: string): PackedCode {
  return { packed: gzipBase64(code), source: hashSource(code) };
}

/** The text, gzipped, as base64. */
export function gzipBase64(text: string): string {
  return gzipSync(text, { level: 9 }).toString('base64');
}

/** What allows an inline script of this text in a Content-Security-Policy. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}
