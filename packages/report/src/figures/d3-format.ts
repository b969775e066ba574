import type { NumberFormat } from '../number-format.ts';

/** The number format in the language of Plotly's axes and labels (d3-format); empty where Plotly chooses by itself. */
export function d3Format(format: NumberFormat = 'auto'): string {
  if (format === 'auto') return '';
  if (format === 'integer') return ',.0f';
  if (format === 'scientific') return '.2e';
  if (format === 'percent') return '.1%';
  // Plotly cannot write another word than % behind a hundredfold.
  if (format === 'points') return '+.1%';
  const digits = format.at(-1) ?? '';
  if (format.startsWith('percent')) return `.${digits}%`;
  if (format.startsWith('points')) return `+.${digits}%`;
  return format.startsWith('fixed') ? `.${digits}f` : `.${digits}~r`;
}

/** The format for the ticks of an axis: as {@link d3Format}, without zeros that say nothing. */
export function tickFormat(format: NumberFormat = 'auto'): string {
  return d3Format(format).replace(/^(\+?)\.(\d)([f%])$/, '$1.$2~$3');
}
