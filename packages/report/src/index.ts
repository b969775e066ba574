export { choices } from './choices.ts';

// Studies
export { BuildAbortedError, OutputError, SweepFailedError, messageOf, thrownAt } from './errors.ts';
export { type Profile, profiles } from './profile.ts';
export {
  type FigureMakers,
  type Prose,
  type Reference,
  type RunContext,
  type Study,
  type StudyContext,
  type StudySweep,
  type SweepRows,
  type SweepSeeds,
  type TableMakers,
  type TimingMakers,
  defineStudy,
} from './study.ts';

// Claims
export {
  type Claim,
  type Interval,
  type Measurement,
  type Prediction,
  type Verdict,
  verdicts,
} from './claims/claim.ts';
export { allClaims } from './claims/all-claims.ts';
export { type DecidedClaim, decideClaim, isContradiction, isUnexpected } from './claims/decide-claim.ts';
export {
  type AgreementOptions,
  type OnlyIfOptions,
  agreesWithPrediction,
  between,
  greaterThan,
  lessThan,
  onlyIf,
} from './claims/rules.ts';
export type { Decision, DecisionInput, RuleOptions, VerdictRule } from './claims/verdict-rule.ts';

// Figures and tables
export type { Figure, FigureText } from './figures/figure.ts';
export { type Layout, type Trace, type TraceType, traceTypes } from './figures/trace.ts';
export type { Column, Table } from './tables/table.ts';
export { type NumberFormat, formatNumber, numberFormats } from './number-format.ts';
export { type ActivationCurvesOptions, activationCurves } from './figures/activation-curves.ts';
export { type GroupedBarsOptions, type Bar, groupedBars } from './figures/grouped-bars.ts';
export { type HeatmapOptions, heatmap } from './figures/heatmap.ts';
export { type LinePoint, type LinesWithBandsOptions, linesWithBands } from './figures/lines-with-bands.ts';
export { type MeasuredPhase, type PhaseDiagramFigureOptions, phaseDiagramFigure } from './figures/phase-diagram.ts';
export { type PaletteColor, palette } from './figures/palette.ts';
export {
  type IntervalPoint,
  type PointsWithIntervalsOptions,
  pointsWithIntervals,
} from './figures/points-with-intervals.ts';
export { type SeriesStyle, seriesStyles } from './figures/series-style.ts';

// Figures of results
export { type DrawableResult, figureOf, isDrawable } from './analysis-figures/figure-of.ts';

// Documents
export { type Document, type DocumentBlock, renderDocument } from './document/render-document.ts';

// Reports
export { type BuildOptions, type BuiltReport, buildStudy } from './build/build-study.ts';
export { type BuildReportOptions, type ReportBuild, buildReport } from './build/build-report.ts';
export { type Computed, type RunMemory, runMemory } from './build/run-memory.ts';
export type { EndedSweep, RunStore } from './build/study-sweep.ts';
export { parseAssignments, resolveParameters } from './build/parameters.ts';
export { largestSeed } from './build/seeds.ts';
export { surroundings, usualKernels } from './build/provenance.ts';
export { durationText } from './provenance-text.ts';
export { measurementText, predictionText, verdictCounts, verdictSigns } from './claims/claim-text.ts';
export { type WrittenReport, ensureWritable, writeReport } from './build/write-report.ts';
export { renderHtml } from './html/page.ts';
export { renderMarkdown } from './markdown/page.ts';
export { markdownTable } from './markdown/table.ts';
export { type Picture, type Pictures, drawPictures } from './static-figure/picture.ts';
export type { Drawing } from './static-figure/finish-svg.ts';
export {
  type BuildIndexOptions,
  type BuiltIndex,
  type IndexOptions,
  type IndexPages,
  buildIndex,
  renderIndex,
} from './ledger/build-index.ts';
export {
  type Card,
  type CardPart,
  type CardSentence,
  type ClaimReference,
  type PaperResult,
  defineCard,
} from './ledger/card.ts';
export type { UnreadReport } from './ledger/index-text.ts';
export {
  type Entry,
  type IndexedReport,
  type Ledger,
  type LedgerSentence,
  type NamedClaim,
  ledgerOf,
  sentenceCounts,
} from './ledger/ledger.ts';
export { ledgerFigure } from './ledger/ledger-figure.ts';
export { type PaperVerdict, paperVerdict } from './ledger/paper-verdict.ts';
export { type SentenceVerdict, type Vote, sentenceVerdict } from './ledger/sentence-verdict.ts';
export {
  type ClaimComparison,
  type Move,
  type ParameterComparison,
  type ReportComparison,
  compareReports,
} from './compare/compare-reports.ts';
export { comparisonText } from './compare/comparison-text.ts';
export { renderComparison } from './compare/comparison-page.ts';
export { findChromium, pdfOf } from './pdf.ts';
export { parseReport, readReport, reportVersion } from './read/read-report.ts';
export { reportJsonSchema } from './read/report-schema.ts';
export { escapeHtml, scriptJson } from './html/escape.ts';
export type { Json, JsonNumber, JsonValue, ReportJson } from './json.ts';
export type {
  ClockMeasurements,
  Problem,
  Provenance,
  Report,
  ReportFigure,
  ReportTable,
  RunCounts,
  SourceFile,
} from './report.ts';
