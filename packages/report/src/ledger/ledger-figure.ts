import type { Figure } from '../figures/figure.ts';
import { palette } from '../figures/palette.ts';
import { sentenceSigns } from './index-text.ts';
import { type Ledger, type LedgerSentence, type NamedClaim, sentenceCounts } from './ledger.ts';

/** What a claim says of its sentence. */
type Stand = 'holds' | 'only under a condition' | 'undecided' | 'does not hold' | 'not yet tested';

const paletteColor = (name: string): string => palette.find((color) => color.name === name)?.light ?? 'var(--text)';

const marks: Readonly<Record<Stand, { readonly symbol: string; readonly color: string }>> = {
  holds: { symbol: 'circle', color: paletteColor('green') },
  'only under a condition': { symbol: 'diamond', color: paletteColor('blue') },
  undecided: { symbol: 'circle-open', color: 'var(--muted)' },
  'does not hold': { symbol: 'x', color: paletteColor('vermillion') },
  'not yet tested': { symbol: 'line-ew-open', color: 'var(--muted)' },
};

const rowHeight = 25;

/** Claims of one sentence further apart than this are hard to count. */
const leastColumns = 8;

/** A ledger as a picture: a line a sentence with a mark for each claim that tests it, and what they make of it. */
export function ledgerFigure(ledger: Ledger): Figure {
  const lines = ledger.parts.flatMap(({ heading, sentences }) => [
    { label: `<b>${heading}</b>`, sentence: undefined },
    ...sentences.map((sentence) => ({ label: shortened(sentence.text), sentence })),
  ]);
  const rows = lines.flatMap(({ sentence }, row) =>
    inOrder(sentence?.claims ?? []).map((claim, i) => ({ row, column: i + 1, ...claim })),
  );
  const columns = Math.max(leastColumns, ...rows.map(({ column }) => column));
  const verdicts = lines.flatMap(({ sentence }, row) => (sentence ? [{ row, verdict: sentence.verdict }] : []));
  return {
    data: [
      ...Object.entries(marks).flatMap(([stand, { symbol, color }]) => {
        const own = rows.filter((row) => row.stand === stand);
        if (own.length === 0) return [];
        const marker = { symbol, color, size: 11, line: { color, width: 2 } };
        const [x, y] = [own.map(({ column }) => column), own.map(({ row }) => row)];
        return [{ type: 'scatter' as const, mode: 'markers', name: stand, x, y, marker, hoverinfo: 'none' }];
      }),
      {
        type: 'scatter' as const,
        mode: 'text',
        showlegend: false,
        x: verdicts.map(() => columns + 1),
        y: verdicts.map(({ row }) => row),
        text: verdicts.map(({ verdict }) => `${sentenceSigns[verdict]} ${verdict}`),
        textposition: 'middle right',
        hoverinfo: 'none',
      },
    ],
    layout: {
      height: 60 + rowHeight * lines.length,
      xaxis: { visible: false, range: [0.4, columns + 4.5], fixedrange: true },
      yaxis: {
        range: [lines.length - 0.5, -0.5],
        tickmode: 'array',
        tickvals: lines.map((_, row) => row),
        ticktext: lines.map(({ label }) => label),
        showline: false,
        showgrid: false,
        fixedrange: true,
      },
      margin: { l: 60, r: 8, t: 14, b: 14 },
    },
    caption: `${ledger.title}: ${sentenceCounts(ledger)}. A mark stands for a claim that tests the sentence.`,
    alt: `${ledger.title}. ${verdictsInWords(ledger)}.`,
    table: rows.map(({ row, claim, stand }) => ({
      sentence: lines[row].sentence?.text ?? '',
      verdict: lines[row].sentence?.verdict ?? '',
      claim: claim.reference,
      stand,
    })),
  };
}

/** The claims that hold first. */
function inOrder(claims: readonly NamedClaim[]): readonly { readonly claim: NamedClaim; readonly stand: Stand }[] {
  const order = Object.keys(marks);
  return claims
    .map((claim) => ({ claim, stand: standOf(claim) }))
    .sort((a, b) => order.indexOf(a.stand) - order.indexOf(b.stand));
}

/** What the claim's verdict means for the sentence: of one that says the opposite, the opposite. */
function standOf({ entry, against }: NamedClaim): Stand {
  switch (entry?.claim.verdict) {
    case undefined:
      return 'not yet tested';
    case 'only-if':
      return 'only under a condition';
    case 'inconclusive':
      return 'undecided';
    case 'supported':
      return against ? 'does not hold' : 'holds';
    case 'refuted':
      return against ? 'holds' : 'does not hold';
  }
}

/** What a sentence is about, where it says that first: `Dying ReLU`; all of a short one; the beginning of a long one. */
function shortened(text: string): string {
  const [subject = text] = text.split(/: | \(/);
  if (subject.length <= longest) return subject.replace(/\.$/, '');
  const words = subject.slice(0, longest).split(' ').slice(0, -1).join(' ');
  return `${words.replace(/[,;][^,;]*$/, '')} …`;
}

const longest = 44;

function verdictsInWords({ parts }: Ledger): string {
  const said = ({ text, verdict }: LedgerSentence): string => `${shortened(text)}: ${verdict}`;
  return parts.flatMap(({ sentences }) => sentences.map(said)).join('; ');
}
