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
import { type Training, cameBack, deadAmongSilent, died, doses } from './counts.ts';

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

/** Shares below one in ten thousand, which theory has of wide networks, would take most of the picture. */
export function bornDeadFigure(rows: readonly Row[]): Figure {
  const figure = figureOf(summary(rows));
  const { layout, caption } = figure;
  return {
    ...figure,
    layout: { ...layout, yaxis: { ...Object(layout['yaxis']), range: [-4, 0.1] } },
    caption: `${caption} The axis ends at 0.01 %.`,
  };
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
  const chosen = selections.flatMap((selection) => select(rows, { kind: 'dose', ...selection }));
  return summarizeDying(chosen.map((row) => ({ ...row, initializer: ruleOf(row) })));
}

/** What a rule for weights is called here: the recommended one is He's for ReLU and, with its slope, for leaky ReLU. */
const ruleNames = { recommended: 'He', 'xavier-normal': 'Xavier', 'pytorch-default': 'PyTorch’s default' } as const;

function ruleOf({ initializer }: Row): string {
  return ruleNames[String(initializer) as keyof typeof ruleNames] ?? String(initializer);
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
      const births = select(rows, { kind: 'dose', activation, bias, momentum }).filter(
        (row) => ruleOf(row) === initializer,
      );
      return {
        activation,
        initializer,
        bias,
        momentum,
        deadAtStart: measurement(bySeed(births, {}, 'deadStart')).estimate,
        dose: dose.median,
        reached: dose.reached,
        never: dose.never,
        divergedFirst: dose.divergedFirst,
      };
    }),
    caption:
      'The smallest learning rate at which more than a tenth of the units die: median over the seeds that do not diverge before; empty where it lies above the largest rate. For leaky ReLU, He’s rule with its slope.',
  };
}

/** How many units die by the variance of the weights, and how many were dead before: runs that diverged are named, not counted. */
export function scaleFigure(rows: readonly Row[]): Figure {
  const own = select(rows, { kind: 'scale' });
  const distinct = (key: string): readonly number[] => [...new Set(own.map((row) => Number(row[key])))];
  const variances = distinct('weightVariance');
  const series = [
    { name: 'dead at birth', key: 'deadStart', selection: {} },
    ...distinct('learningRate').map((learningRate) => ({
      name: `die at rate ${learningRate}`,
      key: 'died',
      selection: { learningRate, status: 'completed' },
    })),
  ];
  const diverged = distinct('learningRate').flatMap((learningRate) =>
    variances.flatMap((weightVariance) => {
      const runs = select(own, { learningRate, weightVariance });
      const lost = runs.filter(({ status }) => status === 'diverged').length;
      return lost === 0 ? [] : [`${lost} of ${runs.length} at σ_w² = ${weightVariance} and rate ${learningRate}`];
    }),
  );
  const figure = linesWithBands({
    points: series.flatMap(({ name, key, selection }) =>
      variances.map((weightVariance) => {
        const { estimate, interval } = measurement(bySeed(own, { ...selection, weightVariance }, key), share);
        return { series: name, x: weightVariance, y: estimate, interval };
      }),
    ),
    xTitle: 'Weight variance σ_w² (He: 2)',
    yTitle: 'Share of units',
    xScale: 'log',
    format: 'percent0',
    caption: `ReLU units by the scale of the weights that training starts from: dead before the first step, and died in training at two learning rates. ${seedsNote} Diverged, and left out: ${diverged.join('; ') || 'none'}.`,
    alt: 'Lines over the weight variance: the share that is dead at birth is flat; few units die from small weights and from He’s, many from larger ones, the more the larger the learning rate.',
  });
  const ticks = { tickvals: variances, ticktext: variances.map(String), dtick: undefined };
  const { layout } = figure;
  return { ...figure, layout: { ...layout, xaxis: { ...Object(layout['xaxis']), ...ticks } } };
}

/** What became of units by how they were trained: how many of the silences are a dead unit's, and how many of the dead came back. */
export function fatesTable(rows: readonly Row[], trainings: readonly Training[]): Table {
  return {
    columns: [
      { key: 'learningRate', label: 'Learning rate' },
      { key: 'momentum', label: 'Momentum' },
      { key: 'weightDecay', label: 'Weight decay' },
      { key: 'diverged', label: 'Seeds that diverge', format: 'integer' },
      { key: 'silent', label: 'Dead, of the silent', format: 'percent' },
      { key: 'first', label: 'First layer: ever dead', format: 'integer' },
      { key: 'firstBack', label: 'came back', format: 'integer' },
      { key: 'deeper', label: 'Deeper: ever dead', format: 'integer' },
      { key: 'deeperBack', label: 'came back', format: 'integer' },
    ],
    rows: trainings.map(({ learningRate, momentum, weightDecay }) => {
      const training = { learningRate, momentum, weightDecay };
      const own = select(rows, { kind: 'fates', ...training });
      const units = (key: string, isMeant: (layer: number) => boolean): number =>
        own
          .filter(({ layer, status }) => status === 'completed' && isMeant(Number(layer)))
          .reduce((sum, row) => sum + Number(row[key]), 0);
      return {
        ...training,
        diverged: own.filter(({ layer, status }) => layer === 1 && status === 'diverged').length,
        silent: valueOrNull(measurement(deadAmongSilent(rows, training), share).estimate),
        first: units('everDead', (layer) => layer === 1),
        firstBack: units('cameBack', (layer) => layer === 1),
        deeper: units('everDead', (layer) => layer > 1),
        deeperBack: units('cameBack', (layer) => layer > 1),
      };
    }),
    caption:
      'Units that are followed through training, over all seeds that do not diverge. Dead, of the silent: after training, of all pairs of a unit and a digit on which it is silent, the share whose unit is silent on every digit. Ever dead: silent on all digits at some step.',
  };
}

/** Of the units that were dead at some step, how many spoke again, by layer. */
export function revivedFigure(rows: readonly Row[], conditions: readonly Training[]): Figure {
  const layers = [...new Set(select(rows, { kind: 'fates' }).map(({ layer }) => Number(layer)))];
  return groupedBars({
    bars: layers.flatMap((layer) =>
      conditions.map((training) => {
        const { estimate, interval } = cameBack(rows, training, (own) => own === layer);
        const { learningRate, momentum, weightDecay } = training;
        const extra = momentum > 0 ? `, momentum ${momentum}` : weightDecay > 0 ? `, weight decay ${weightDecay}` : '';
        return { group: `layer ${layer}`, series: `rate ${learningRate}${extra}`, value: estimate, interval };
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
