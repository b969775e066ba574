import { type Claim, agreesWithPrediction, between, formatNumber, greaterThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { type Selection, bySeed, measurement, paired, select, share } from '../measurements.ts';
import { type ClaimSetting, aboutHalfInWords, extremes } from './claim-setting.ts';

/** What is claimed of networks that have just been drawn. */
export function claimsOfStart(rows: readonly Row[], setting: ClaimSetting): readonly Claim[] {
  const { low } = extremes(setting);
  const start = (selection: Selection, key = 'zeroFraction') => bySeed(rows, { kind: 'start', ...selection }, key);
  const biased = { way: 'bias', shift: low, layer: 1 };
  const last = Math.max(...select(rows, { kind: 'start' }).map(({ layer }) => Number(layer)));
  return [
    {
      id: 'active-means-positive',
      text: 'Only neurons with x > 0 are active: no other element is anything but 0, and none of these is.',
      prediction: { value: 0, source: 'max(0, x)' },
      measurement: measurement(start({ way: 'bias' }, 'activeWithoutReason'), share),
      rule: between(0, 0),
      expected: 'supported',
      evidence: 'tbl-start',
      format: 'percent',
    },
    {
      id: 'half-at-initialisation',
      text: 'At initialisation half of all activations are zero, on average over units and digits.',
      prediction: { value: 0.5, source: 'symmetry: z and −z are as likely' },
      measurement: measurement(start({ way: 'bias', shift: 0 }), share),
      rule: agreesWithPrediction({ tolerance: 0.03 }),
      expected: { full: 'supported' },
      evidence: 'fig-start',
      format: 'percent',
    },
    {
      id: 'half-of-every-unit',
      text: `The half that is zero at initialisation is every unit’s: most units are zero on ${aboutHalfInWords} of the digits.`,
      prediction: {
        value: measurement(bySeed(rows, { kind: 'spread' }, 'expectedAboutHalf')).estimate,
        source: 'digits are alike: a unit is zero on Φ(√(ρ/(1−ρ)) g) of them',
      },
      measurement: measurement(bySeed(rows, { kind: 'spread' }, 'aboutHalf'), share),
      rule: greaterThan(0.5),
      expected: 'refuted',
      evidence: 'fig-units',
      format: 'percent',
    },
    {
      id: 'spread-is-predicted',
      text: 'How far the units of a fresh network lie apart in their zeros follows from how alike the digits are: measured over expected deviation.',
      prediction: { value: 1, source: 'variance over units = mean of arcsin(ρ)/2π over pairs of digits' },
      measurement: measurement(spreadOverTheory(rows), { scale: 'log' }),
      rule: agreesWithPrediction({ tolerance: 0.05 }),
      expected: { full: 'supported' },
      evidence: 'tbl-start',
      format: 'fixed3',
    },
    {
      id: 'bias-moves-it',
      text: `A constant bias b moves the share of zeros at initialisation to Φ(−b/√q): in the first layer, with b = ${formatNumber(low)}.`,
      prediction: { value: measurement(start(biased, 'expected')).estimate, source: 'Φ(−b/√q)' },
      measurement: measurement(start(biased), share),
      rule: agreesWithPrediction({ tolerance: 0.02 }),
      expected: { full: 'supported' },
      evidence: 'fig-start',
      format: 'percent',
    },
    {
      id: 'batch-norm-sets-it',
      text: `After batch norm the share of zeros at initialisation is Φ(−β/γ), whatever the weights: it departs from that by less than 2 points, with β = ${formatNumber(low)}.`,
      prediction: { value: 0, source: 'pre-activations N(β, γ²)' },
      measurement: measurement(departures(rows, { way: 'batch-norm', shift: low, layer: 1 })),
      rule: onlyIf(
        'normalised pre-activations are normal over the digits, as in the first layer; above layers with few active units they are not',
        between(-0.02, 0.02),
        { without: measurement(departures(rows, { way: 'batch-norm', shift: low, layer: last })) },
      ),
      expected: 'only-if',
      evidence: 'fig-start',
      format: 'points1',
    },
  ];
}

/** By seed, measured over expected deviation over units: the geometric mean over layers. */
export function spreadOverTheory(rows: readonly Row[]): ReadonlyMap<number, number> {
  const logs = select(rows, { kind: 'spread' }).map(({ seed, unitDeviation, expectedUnitDeviation }) => ({
    seed,
    departure: Math.log(Number(unitDeviation) / Number(expectedUnitDeviation)),
  }));
  return new Map([...bySeed(logs, {}, 'departure')].map(([seed, mean]) => [seed, Math.exp(mean)]));
}

/** By seed, the zero fraction less the expected one. */
function departures(rows: readonly Row[], selection: Selection): ReadonlyMap<number, number> {
  const of = (key: string) => bySeed(rows, { kind: 'start', ...selection }, key);
  return paired(of('zeroFraction'), of('expected'), (measured, expected) => measured - expected);
}
