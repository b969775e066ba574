import { measurementText, predictionText, verdictCounts, verdictSigns } from '../claims/claim-text.ts';
import { type DecidedClaim, isUnexpected } from '../claims/decide-claim.ts';
import type { PagePlan } from '../page-plan.ts';
import { escapeHtml } from './escape.ts';

/** All claims as cards. */
export function claimsHtml(claims: readonly DecidedClaim[], plan: PagePlan): string {
  if (claims.length === 0) return '';
  return `<section class="claims" id="claims" aria-labelledby="claims-title">
<h2 id="claims-title">Claims</h2>
<p class="counts">${escapeHtml(verdictCounts(claims))}</p>
<ul class="cards">
${claims.map((claim, i) => cardHtml(claim, i + 1, plan)).join('\n')}
</ul>
</section>`;
}

function cardHtml(claim: DecidedClaim, number: number, plan: PagePlan): string {
  const { id, text, verdict, condition, rule, reason, expected } = claim;
  const entry = (term: string, value: string): string => `<div><dt>${term}</dt><dd>${value}</dd></div>`;
  const warning = isUnexpected(claim)
    ? `<p class="unexpected">The study expected <strong>${escapeHtml(expected ?? '')}</strong>.</p>`
    : '';
  return `<li class="card ${escapeHtml(verdict)}" id="claim-${escapeHtml(id)}">
<p class="verdict"><span class="sign" aria-hidden="true">${verdictSigns[verdict]}</span> ${escapeHtml(verdict)} <a class="number" href="#claim-${escapeHtml(id)}">Claim ${number}</a></p>
<p class="text">${escapeHtml(text)}</p>
${condition === undefined ? '' : `<p class="condition">only if ${escapeHtml(condition)}</p>`}
<dl>
${entry('Predicted', escapeHtml(predictionText(claim)))}
${entry('Measured', `<strong>${escapeHtml(measurementText(claim))}</strong>`)}
${entry('Rule', escapeHtml(rule))}
${entry('Because', escapeHtml(reason) + evidenceHtml(claim, plan))}
</dl>
${warning}</li>`;
}

function evidenceHtml({ evidence }: DecidedClaim, plan: PagePlan): string {
  const number = evidence === undefined ? undefined : plan.arrangement.numbers.get(evidence);
  if (evidence === undefined || number === undefined) return '';
  return ` (<a href="#${escapeHtml(evidence)}">${evidence.startsWith('fig-') ? 'Figure' : 'Table'} ${number}</a>)`;
}
