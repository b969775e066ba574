// Writes src/static-figure/dejavu-advances.ts: how far each letter of DejaVu Sans moves the pen, in 2048ths of the font size.
// Run in packages/report: node scripts/measure-dejavu.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const opentype = require('opentype.js');
const folder = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/** Latin, Greek and what axes and legends are made of. */
const ranges = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x370, 0x3ff],
  [0x2010, 0x2027],
  [0x2030, 0x203a],
  [0x2070, 0x209c],
  [0x2190, 0x21ff],
  [0x2200, 0x22ff],
];

const tables = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) => {
  const bytes = readFileSync(join(folder, name));
  const font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  if (font.unitsPerEm !== 2048) throw new Error(`${name} has ${font.unitsPerEm} units`);
  return ranges.map(([from, to]) => ({
    from,
    advances: Array.from(
      { length: to - from + 1 },
      (_, i) => font.charToGlyph(String.fromCodePoint(from + i)).advanceWidth,
    ),
  }));
});

const write = (name, table, what) =>
  `/** ${what} */\nexport const ${name}: readonly AdvanceRange[] = [\n${table
    .map(
      ({ from, advances }) =>
        `  {\n    from: 0x${from.toString(16)},\n    advances:\n      '${advances.map((a) => a.toString(36)).join(' ')}',\n  },`,
    )
    .join('\n')}\n];\n`;

writeFileSync(
  fileURLToPath(new URL('../src/static-figure/dejavu-advances.ts', import.meta.url)),
  `// Written by scripts/measure-dejavu.mjs from dejavu-fonts-ttf 2.37.3. Do not edit.

/** Letters that follow one another: how far each moves the pen, in 2048ths of the font size, written to the base of 36. */
export interface AdvanceRange {
  /** Code point of the first. */
  readonly from: number;
  readonly advances: string;
}

${write('regularAdvances', tables[0], 'DejaVu Sans.')}
${write('boldAdvances', tables[1], 'DejaVu Sans Bold.')}`,
);
