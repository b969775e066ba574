import { escapeMarkdown } from '../prose/escape-markdown.ts';
import { renderHtml } from '../html/page.ts';
import type { Report } from '../report.ts';
import { drawPictures } from '../static-figure/picture.ts';
import { compareReports } from './compare-reports.ts';
import { comparisonText } from './comparison-text.ts';
import { overlaidFigures } from './overlay.ts';

/** The page of a comparison: what {@link comparisonText} says, the claims of the second report, and overlaid figures. */
export async function renderComparison(before: Report, after: Report): Promise<string> {
  const comparison = compareReports(before, after);
  const lines = comparisonText(comparison)
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('  ') ? `- ${escapeMarkdown(line.trim())}` : `\n**${escapeMarkdown(line)}**\n`));
  const report: Report = {
    ...after,
    study: {
      ...after.study,
      title: `Two reports of ${after.study.title}`,
      summary: `${before.provenance.date.slice(0, 16)} and ${after.provenance.date.slice(0, 16)} UTC`,
    },
    figures: overlaidFigures(before, after),
    tables: [],
    prose: { file: 'comparison', markdown: `## What differs\n\n${lines.join('\n')}\n` },
    problems: [],
    provenance: { ...after.provenance, clock: { claims: [], figures: [], tables: [] } },
  };
  const { pictures } = await drawPictures(report);
  return renderHtml(report, pictures);
}
