import {
  type BornDeadShares,
  type DyingDoseResponse,
  type UnitTimeline,
  summarizeBornDead,
  summarizeDying,
} from '@relu-lab/analysis';
import { type Figure, type Table, figureOf, groupedBars, linesWithBands } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, compareAll, measurement, select, share } from '../measurements.ts';
import { cameBack, died, doses } from './claims.ts';

const seedsNote = 'Mean over seeds with its 95 % interval.';

/** The dead share of a deep He-initialised network by layer, beside theory's and beside the share of zeros. */
export function deepHeFigure(rows: readonly Row[]): Figure {
  const layers = [...new Set(select(rows, { kind: 'deep-he' }).map(({ layer }) => Number(layer)))];
  const series = { zeroFraction: 'zeros (elements)', dead: 'dead (units)', alwaysOn: 'always on (units)' };
  const theory = 'dead by theory';
  const measured = Object.entries(series).flatMap(([key, name]) =>
    layers.map((layer) => {
      const { estimate, interval } = measurement(bySeed(rows, { kind: 'deep-he', layer }, key), share);
      return { series: name, x: layer, y: estimate, interval };
    }),
  );
  const expected = layers.map((layer) => ({
    series: theory,
    x: layer,
    y: Number(select(rows, { kind: 'deep-he', layer })[0].expectedDead ?? NaN),
    interval: null,
  }));
  const figure = linesWithBands({
    points: [...measured, ...expected],
    xTitle: 'Hidden layer',
    yTitle: 'Share',
    format: 'percent0',
    caption: `A He-initialised ReLU network on real digits before its first step: half of all outputs are 0 in every layer (a matter of samples); units that are 0 on all digits (dead), or on none (always on), become more with depth, as theory has it (dotted). ${seedsNote}`,
    alt: 'Lines by hidden layer: zeros stay near one half; dead and always-on units both rise from none to a quarter or so; a dotted theory line follows them.',
  });
  const data = figure.data.map((trace) =>
    trace['name'] === theory ? { ...trace, mode: 'lines', line: { ...Object(trace['line']), dash: 'dot' } } : trace,
  );
  return { ...figure, data };
}

export function bornDeadFigure(rows: readonly Row[]): Figure {
  return figureOf(summary(rows));
}

function summary(rows: readonly Row[]): BornDeadShares {
  return summarizeBornDead(select(rows, { kind: 'born-dead' }));
}

/** ReLU, with momentum, and leaky ReLU. */
export function doseFigure(rows: readonly Row[]): Figure {
  return figureOf(doseResponse(rows, [{ initializer: 'recommended', bias: 0 }]));
}

/** ReLU under several initialisations, without momentum. */
export function doseByInitialisationFigure(rows: readonly Row[]): Figure {
  return figureOf(doseResponse(rows, [{ activation: 'relu', momentum: 0 }]));
}

function doseResponse(rows: readonly Row[], selections: readonly Selection[]): DyingDoseResponse {
  return summarizeDying(selections.flatMap((selection) => select(rows, { kind: 'dose', ...selection })));
}

/** What became of ReLU networks by learning rate: those that train, those that are stuck, those that diverge, and how many units die of the first two. */
export function ratesTable(rows: readonly Row[], sensibleRate: number): Table {
  const rates = [...new Set(doses(rows, {}).map(({ learningRate }) => Number(learningRate)))];
  const higher = rates.filter((rate) => rate > sensibleRate);
  const tests = compareAll(
    higher.map((learningRate) => ({
      first: died(rows, { learningRate }),
      second: died(rows, { learningRate: sensibleRate }),
    })),
  );
  const deaths = (learningRate: number, trains: boolean): number =>
    measurement(bySeed(doses(rows, { learningRate, status: 'completed', trains }), {}, 'died')).estimate;
  const seeds = (learningRate: number, outcome: Selection): number => doses(rows, { learningRate, ...outcome }).length;
  return {
    columns: [
      { key: 'rate', label: 'Learning rate' },
      { key: 'train', label: 'Seeds that train', format: 'integer' },
      { key: 'stuck', label: 'that are stuck', format: 'integer' },
      { key: 'diverge', label: 'that diverge', format: 'integer' },
      { key: 'died', label: 'Units that die where it trains', format: 'percent' },
      { key: 'diedStuck', label: 'where it is stuck', format: 'percent' },
      { key: 'pValue', label: 'p, corrected', format: 'significant1' },
    ],
    rows: rates.map((rate) => ({
      rate,
      train: seeds(rate, { status: 'completed', trains: true }),
      stuck: seeds(rate, { status: 'completed', trains: false }),
      diverge: seeds(rate, { status: 'diverged' }),
      died: valueOrNull(deaths(rate, true)),
      diedStuck: valueOrNull(deaths(rate, false)),
      pValue: tests[higher.indexOf(rate)]?.pValue ?? null,
    })),
    caption: `ReLU networks from He’s weights, without momentum. Stuck: the loss ends finite, and above 70 % of that of guessing. The last column tests whether as many units die as at ${sensibleRate}, over the seeds that diverge at neither (sign flips, corrected by Holm’s method); with few such seeds it can find nothing.`,
  };
}

function valueOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** The learning rate at which a tenth of the units die, by condition. */
export function dosesTable(rows: readonly Row[]): Table {
  return {
    columns: [
      { key: 'activation', label: 'Activation' },
      { key: 'initializer', label: 'Initialisation' },
      { key: 'bias', label: 'Bias' },
      { key: 'momentum', label: 'Momentum' },
      { key: 'deadAtStart', label: 'Dead at birth', format: 'percent' },
      { key: 'dose', label: 'Rate at which a tenth die', format: 'significant2' },
      { key: 'reached', label: 'Seeds that reach it', format: 'integer' },
      { key: 'never', label: 'that never do', format: 'integer' },
      { key: 'divergedFirst', label: 'that diverge first', format: 'integer' },
    ],
    rows: doseResponse(rows, [{}]).doses.map((dose) => {
      const { activation, initializer, bias, momentum } = dose;
      const births = bySeed(rows, { kind: 'dose', activation, initializer, bias, momentum }, 'deadStart');
      return {
        activation,
        initializer: initializer === 'recommended' ? 'he-normal' : initializer,
        bias,
        momentum,
        deadAtStart: measurement(births).estimate,
        dose: dose.median,
        reached: dose.reached,
        never: dose.never,
        divergedFirst: dose.divergedFirst,
      };
    }),
    caption:
      'The smallest learning rate at which more than a tenth of the units die: median over the seeds that do not diverge before; empty where it lies above the largest rate. he-normal stands for what each activation is made for.',
  };
}

/** Of the units that were dead at some step, how many spoke again, by layer. */
export function revivedFigure(
  rows: readonly Row[],
  conditions: readonly { readonly learningRate: number; readonly momentum: number }[],
): Figure {
  const layers = [...new Set(select(rows, { kind: 'fates' }).map(({ layer }) => Number(layer)))];
  return groupedBars({
    bars: layers.flatMap((layer) =>
      conditions.map(({ learningRate, momentum }) => {
        const { estimate, interval } = cameBack(rows, learningRate, (own) => own === layer, momentum);
        return {
          group: `layer ${layer}`,
          series: `rate ${learningRate}, momentum ${momentum}`,
          value: estimate,
          interval,
        };
      }),
    ),
    groupTitle: 'Hidden layer',
    valueTitle: 'Share of dead units that come back',
    format: 'percent0',
    upTo: 1,
    caption: `Who revives: of the units that were silent on all training digits at some step, those that spoke again at a later one, by layer. ${seedsNote} Runs that diverged are left out.`,
    alt: 'Grouped bars by hidden layer: none of the first layer’s dead units come back, most of the deeper layers’ do.',
  });
}

export function rasterFigure(timeline: UnitTimeline): Figure {
  return figureOf(timeline);
}
