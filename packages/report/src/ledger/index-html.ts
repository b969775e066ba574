import { allClaims } from '../claims/all-claims.ts';
import { measurementText, predictionText, verdictCounts, verdictSigns } from '../claims/claim-text.ts';
import { type DecidedClaim, isUnexpected } from '../claims/decide-claim.ts';
import { escapeHtml } from '../html/escape.ts';
import { hashSource } from '../html/plotly-bundle.ts';
import { pageScript } from '../html/script.ts';
import { pageStyle } from '../html/style.ts';
import { type IndexContent, aboutReport, claimSummary, paperSigns, readText, sentenceSigns } from './index-text.ts';
import {
  type Entry,
  type Ledger,
  type LedgerSentence,
  type NamedClaim,
  entriesOf,
  supportText,
  sentenceCounts,
} from './ledger.ts';
import { type PaperVerdict, paperRule } from './paper-verdict.ts';
import { type SentenceVerdict, sentenceRule } from './sentence-verdict.ts';

/** The page of an index. */
export function indexHtml(content: IndexContent): string {
  const { reports, unread, ledger } = content;
  const script = pageScript();
  const policy = `default-src 'none'; script-src ${hashSource(script)}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  const title = ledger ? ledger.title : 'Studies and claims';
  const problems = [
    ...unread.map(({ folder, message }) => problemBox(`<strong>${escapeHtml(folder)}</strong> ${escapeHtml(message)}`)),
    ...(ledger?.problems ?? []).map((message) => problemBox(escapeHtml(message))),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="ReLU Lab">
<title>${escapeHtml(title)}</title>
<style>
${pageStyle}${indexStyle}</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="top">
<button type="button" id="theme" hidden>Dark</button>
<h1>${escapeHtml(title)}</h1>
${ledger ? `<p class="summary">${escapeHtml(sentenceCounts(ledger))}</p>` : ''}
<p class="${ledger ? 'byline' : 'summary'}">${escapeHtml(claimSummary(reports))}</p>
</header>
<main id="main">
${problems.join('\n')}
${ledger ? sentencesHtml(ledger) + papersHtml(ledger) : ''}
${othersHtml(ledger?.others ?? reports.flatMap(entriesOf), ledger ? 'Other claims' : 'Ledger')}
${studiesHtml(content)}
</main>
<footer>Made with ReLU Lab. It loads nothing and sends nothing.</footer>
<script>${script}</script>
</body>
</html>
`;
}

const tones: Readonly<Record<SentenceVerdict, string>> = {
  supported: 'supported',
  'in part': 'only-if',
  inconclusive: 'inconclusive',
  refuted: 'refuted',
  'not yet tested': 'untested',
};

const paperTones: Readonly<Record<PaperVerdict, string>> = {
  yes: 'supported',
  partly: 'only-if',
  undecided: 'inconclusive',
  no: 'refuted',
  'not yet tested': 'untested',
};

/** It must not contain an end tag. */
const indexStyle = `body { display: block; } main { max-width: none; }
:is(.ledger, .sentences) .supported { --tone: var(--supported); } :is(.ledger, .sentences) .only-if { --tone: var(--only-if); }
:is(.ledger, .sentences) .inconclusive { --tone: var(--inconclusive); } :is(.ledger, .sentences) .refuted { --tone: var(--refuted); }
.ledger .verdict { color: var(--tone); font-weight: 600; }
.ledger td { min-width: 7rem; } .ledger td.says { min-width: 16rem; }
.rule { max-width: 46rem; color: var(--muted); font-size: 0.95rem; }
.sentences { list-style: none; margin: 0; padding: 0; max-width: 62rem; }
.sentence { --tone: var(--line); border-left: 3px solid var(--tone); padding: 0.1rem 0 0.1rem 1.1rem; margin: 0 0 1.6rem; }
.sentence > .verdict { margin: 0; color: var(--tone); font-weight: 650; font-size: 0.92rem; }
.sentence.untested > .verdict { color: var(--muted); }
.sentence > .said { margin: 0.15rem 0 0.5rem; font-size: 1.08rem; font-weight: 550; line-height: 1.45; text-wrap: pretty; }
.sentence > .verdict .support { color: var(--muted); font-weight: 500; }
.sentence > .precise { margin: 0 0 0.5rem; line-height: 1.5; text-wrap: pretty; } .sentence > .precise b { font-weight: 600; }
.sentence ul { list-style: none; margin: 0; padding: 0; font-size: 0.93rem; }
.sentence li { margin: 0.45rem 0 0; padding-left: 1.5rem; position: relative; line-height: 1.5; }
.sentence li .sign { position: absolute; left: 0; color: var(--tone); font-weight: 650; }
.sentence li .numbers { display: block; color: var(--muted); font-variant-numeric: tabular-nums; }
.sentence li .numbers b { color: var(--text); font-weight: 600; }
.profile { color: var(--muted); }
.opposite { color: var(--muted); font-style: italic; }
@media screen and (max-width: 44rem) {
.papers thead { display: none; } .papers :is(table, tbody, tr, td) { display: block; } .papers tr { padding: 0.7rem 0; border-top: 1px solid var(--line); }
.papers td { border: 0; padding: 0.15rem 0; } .papers td:first-child { font-weight: 650; } .papers td::before { content: attr(data-label) ": "; color: var(--muted); font-weight: 400; }
}
`;

function problemBox(html: string): string {
  return `<div class="problem">${html}</div>`;
}

function sentencesHtml(ledger: Ledger): string {
  const parts = ledger.parts.map(
    ({ heading, sentences }) =>
      `<h3>${escapeHtml(heading)}</h3>\n<ol class="sentences">\n${sentences.map(sentenceHtml).join('\n')}\n</ol>`,
  );
  return `<section aria-labelledby="sentences-title">
<h2 id="sentences-title">Sentences</h2>
<p class="rule">${escapeHtml(sentenceRule)}</p>
${parts.join('\n')}
</section>
`;
}

function sentenceHtml({ text, verdict, claims, precise }: LedgerSentence): string {
  const support = supportText({ claims });
  return `<li class="sentence ${tones[verdict]}">
<p class="verdict"><span aria-hidden="true">${sentenceSigns[verdict]}</span> ${verdict}${support === '' ? '' : `<span class="support">: ${support}</span>`}</p>
<p class="said">${escapeHtml(text)}</p>
${precise === undefined ? '' : `<p class="precise"><b>More precisely:</b> ${escapeHtml(precise)}</p>\n`}${claims.length > 0 ? `<ul>\n${claims.map(namedClaimHtml).join('\n')}\n</ul>` : ''}
</li>`;
}

function namedClaimHtml({ reference, entry, against }: NamedClaim): string {
  const opposite = against ? ' <span class="opposite">(the opposite)</span>' : '';
  if (!entry) {
    return `<li><span class="sign" aria-hidden="true">${sentenceSigns['not yet tested']}</span><code>${escapeHtml(reference)}</code>${opposite}<span class="numbers">not yet tested</span></li>`;
  }
  const { claim } = entry;
  const predicted = claim.prediction === null ? '' : `; predicted ${escapeHtml(predictionText(claim))}`;
  return `<li class="${escapeHtml(claim.verdict)}"><span class="sign" aria-hidden="true">${verdictSigns[claim.verdict]}</span>${claimLink(entry)}${opposite}
<span class="numbers"><b>${escapeHtml(claim.verdict)}</b>${conditionOf(claim, ': ')}${warningOf(claim)} · measured <b>${escapeHtml(measurementText(claim))}</b>${predicted} · ${evidenceLink(entry)}${escapeHtml(entry.report.study.title)}, ${escapeHtml(entry.report.profile)}</span></li>`;
}

const paperColumns = ['Paper', 'It says', 'Here', 'Agrees'] as const;

function papersHtml({ papers }: Ledger): string {
  if (papers.length === 0) return '';
  const rows = papers.map(({ citation, says, checked, verdict, claims }) => {
    const ours = claims.map(({ reference, entry }) =>
      entry
        ? `<b>${escapeHtml(measurementText(entry.claim))}</b>: ${claimLink(entry)} <span class="profile">(${escapeHtml(entry.report.profile)})</span>`
        : `<code>${escapeHtml(reference)}</code>, not yet tested`,
    );
    const where = ` <span class="opposite">(${escapeHtml(readText(checked))})</span>`;
    const [paper, said, here, agrees] = paperColumns;
    return `<tr class="${paperTones[verdict]}">
<td data-label="${paper}">${escapeHtml(citation)}</td>
<td data-label="${said}" class="says">${escapeHtml(says)}${where}</td>
<td data-label="${here}" class="says">${ours.join('<br>') || '–'}</td>
<td data-label="${agrees}" class="verdict"><span aria-hidden="true">${paperSigns[verdict]}</span> ${verdict}</td>
</tr>`;
  });
  return `<section class="ledger papers" aria-labelledby="papers-title">
<h2 id="papers-title">Results of papers</h2>
<p class="rule">${escapeHtml(paperRule)}</p>
${tableHtml('Results of papers', paperColumns, rows)}
</section>
`;
}

function othersHtml(entries: readonly Entry[], title: string): string {
  if (entries.length === 0) return '';
  const rows = entries.map((entry) => {
    const { claim, report } = entry;
    return `<tr class="${escapeHtml(claim.verdict)}">
<td class="verdict"><span aria-hidden="true">${verdictSigns[claim.verdict]}</span> ${escapeHtml(claim.verdict)}${warningOf(claim)}</td>
<td class="says">${claimLink(entry)}${conditionOf(claim, '<br>only if ')}</td>
<td>${escapeHtml(measurementText(claim))}</td>
<td>${escapeHtml(predictionText(claim))}</td>
<td>${evidenceLink(entry, '') || '–'}</td>
<td>${escapeHtml(report.study.title)} <span class="profile">(${escapeHtml(report.profile)})</span></td>
</tr>`;
  });
  return `<section class="ledger" aria-labelledby="others-title">
<h2 id="others-title">${title}</h2>
${tableHtml(title, ['Verdict', 'Claim', 'Measured', 'Predicted', 'Evidence', 'Study'], rows)}
</section>`;
}

function studiesHtml({ reports }: IndexContent): string {
  const studies = reports.map(
    ({ folder, report }) =>
      `<li><a href="${escapeHtml(`${encodeURI(folder)}/report.html`)}">${escapeHtml(report.study.title)}</a>: ${escapeHtml(verdictCounts(allClaims(report)))} (${escapeHtml(aboutReport(report))})${report.problems.length > 0 ? ` <span class="wrong">${report.problems.length} problems</span>` : ''}</li>`,
  );
  return `<section aria-labelledby="studies-title">
<h2 id="studies-title">Studies</h2>
<ul>
${studies.join('\n')}
</ul>
</section>`;
}

function tableHtml(name: string, columns: readonly string[], rows: readonly string[]): string {
  const heads = columns.map((column) => `<th scope="col">${column}</th>`);
  return `<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table class="sortable">
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}

function claimLink({ claim, folder }: Entry): string {
  return `<a href="${linkTo(folder, `claim-${claim.id}`)}">${escapeHtml(claim.text)}</a>`;
}

function evidenceLink({ claim, folder, evidence }: Entry, after = ', '): string {
  return evidence === undefined || claim.evidence === undefined
    ? ''
    : `<a href="${linkTo(folder, claim.evidence)}">${escapeHtml(evidence)}</a>${after}`;
}

function linkTo(folder: string, id: string): string {
  return escapeHtml(`${encodeURI(folder)}/report.html#${id}`);
}

function conditionOf({ condition }: DecidedClaim, before: string): string {
  return condition === undefined ? '' : `${before}${escapeHtml(condition)}`;
}

function warningOf(claim: DecidedClaim): string {
  return isUnexpected(claim) ? ` <span class="wrong">expected: ${escapeHtml(claim.expected ?? '')}</span>` : '';
}
