import { relu } from '@relu-lab/core';
import { type Claim, agreesWithPrediction, between, greaterThan, lessThan, onlyIf } from '@relu-lab/report';
import type { Row } from '@relu-lab/sweep';
import { moments } from '@relu-lab/theory';
import { bySeed, measurement, paired, select, share } from '../measurements.ts';

/** Sets that no straight line tells apart. */
export const hardMappings: readonly string[] = ['circles', 'spirals', 'checkerboard'];

/** What the study claims of its rows. */
export function claimsOf(rows: readonly Row[]): readonly Claim[] {
  const ofFunction = (key: string) => measurement(bySeed(rows, { kind: 'function' }, key), share);
  const zeros = bySeed(rows, { kind: 'kink', subgradient: 0 }, 'zerosAtEnd');
  const never = { value: 0, source: 'the definition' };
  return [
    {
      id: 'piecewise-linear',
      text: 'ReLU is piecewise linear: x for x > 0, and constant 0 for x ≤ 0.',
      prediction: never,
      measurement: { ...ofFunction('departures'), unit: 'of float32 numbers depart' },
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: 'supported',
      evidence: 'fig-curve',
      format: 'percent',
    },
    {
      id: 'range',
      text: 'The range of ReLU is [0, ∞): no output is negative, and every number from 0 up is one.',
      prediction: never,
      measurement: {
        ...measurement(
          paired(
            bySeed(rows, { kind: 'function' }, 'negative'),
            bySeed(rows, { kind: 'function' }, 'unattained'),
            (negative, unattained) => Math.max(negative, unattained),
          ),
          share,
        ),
        unit: 'negative or never reached',
      },
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: 'supported',
      evidence: 'fig-curve',
      format: 'percent',
    },
    {
      id: 'homogeneous',
      text: 'Scaling the input scales the output: relu(c x) = c relu(x) for c > 0.',
      prediction: never,
      measurement: { ...ofFunction('inhomogeneous'), unit: 'of float32 numbers differ' },
      rule: agreesWithPrediction({ tolerance: 0 }),
      expected: 'supported',
      format: 'percent',
    },
    {
      id: 'not-linear',
      text: 'ReLU is not linear: on average relu(x) + relu(y) exceeds relu(x + y).',
      prediction: {
        value: 2 * moments(relu, { variance: 1 }).mean - moments(relu, { variance: 2 }).mean,
        source: '(2 − √2)/√(2π) for standard normal x and y',
      },
      measurement: measurement(bySeed(rows, { kind: 'function' }, 'additivityDefect')),
      rule: agreesWithPrediction({ relativeTolerance: 0.02 }),
      expected: 'supported',
      format: 'fixed4',
    },
    {
      id: 'derivative-at-zero',
      text: 'The gradient of ReLU is 1 for x > 0 and 0 for x ≤ 0, in the kernel and in a network, zeros among the numbers.',
      prediction: { value: 0, source: 'the definition; at 0 every number in [0, 1] is a subgradient' },
      measurement: { ...ofFunction('slopeDepartures'), unit: 'of numbers have another slope' },
      rule: onlyIf(
        'the derivative at 0, which does not exist, is taken to be 0, as the common frameworks do',
        between(0, 0),
        { without: ofFunction('slopeDeparturesWithOne') },
      ),
      expected: 'only-if',
      evidence: 'fig-curve',
      format: 'percent',
    },
    {
      id: 'kink-is-rare',
      text: 'Trained networks hardly ever meet the kink: fewer than one pre-activation in a hundred thousand is exactly 0.',
      prediction: null,
      measurement: measurement(zeros, share),
      rule: lessThan(1e-5),
      evidence: 'tbl-kink',
      expected: { full: 'supported' },
      format: 'scientific',
    },
    {
      id: 'kink-choice-is-harmless',
      text: 'Where networks hardly ever meet the kink, which derivative is taken at 0 changes test accuracy by less than half a point.',
      prediction: { value: 0, source: 'runs that never meet the kink are the same run' },
      measurement: measurement(paired(accuracyWith(rows, 1), accuracyWith(rows, 0), (one, zero) => one - zero)),
      rule: between(-0.005, 0.005),
      expected: { full: 'supported' },
      evidence: 'tbl-kink',
      format: 'points2',
    },
    {
      id: 'no-activation-no-mapping',
      text: 'Without an activation a deep network tells two circles apart no better than a straight line.',
      prediction: {
        value: 2 / 3,
        interval: [0.5, 2 / 3],
        source:
          'from a guess to the best line, which cuts off a third of the outer circle and nothing of the inner one',
      },
      measurement: measurement(
        bySeed(rows, { kind: 'mapping', mapping: 'circles', activation: 'identity' }, 'accuracy'),
        share,
      ),
      rule: lessThan(0.7),
      expected: 'supported',
      evidence: 'fig-mappings',
      format: 'percent',
    },
    {
      id: 'learns-complex-mappings',
      text: 'Zeroing negative inputs lets a network learn complex mappings: on sets that no line tells apart it gains more than 25 points over the same network without an activation.',
      prediction: null,
      measurement: measurement(
        paired(hardAccuracy(rows, 'relu'), hardAccuracy(rows, 'identity'), (withRelu, without) => withRelu - without),
      ),
      rule: greaterThan(0.25),
      expected: 'supported',
      evidence: 'fig-mappings',
      format: 'points',
    },
    {
      id: 'pieces-follow-curves',
      text: 'One hidden layer of n ReLU units can follow any smooth curve, with an error that falls as 1/n².',
      prediction: { value: -2, source: 'linear interpolation: h² max|f″| / 8 with h = 2/n' },
      measurement: measurement(errorExponents(rows)),
      rule: agreesWithPrediction({ tolerance: 0.1 }),
      expected: 'supported',
      evidence: 'fig-pieces',
      format: 'fixed2',
    },
  ];
}

function accuracyWith(rows: readonly Row[], subgradient: number): ReadonlyMap<number, number> {
  return bySeed(rows, { kind: 'kink', subgradient }, 'accuracy');
}

/** By seed, the mean accuracy on the sets that no line tells apart. */
function hardAccuracy(rows: readonly Row[], activation: string): ReadonlyMap<number, number> {
  const hard = select(rows, { kind: 'mapping', activation }).filter((row) =>
    hardMappings.includes(String(row.mapping)),
  );
  return bySeed(hard, {}, 'accuracy');
}

/** By seed, the slope of log error against log units: least squares over all numbers of units. */
export function errorExponents(rows: readonly Row[]): ReadonlyMap<number, number> {
  const pieces = select(rows, { kind: 'pieces' });
  const seeds = [...new Set(pieces.map((row) => Number(row.seed)))];
  return new Map(
    seeds.map((seed) => {
      const points = select(pieces, { seed }).map((row) => [Math.log(Number(row.units)), Math.log(Number(row.error))]);
      return [seed, leastSquaresSlope(points)];
    }),
  );
}

function leastSquaresSlope(points: readonly (readonly number[])[]): number {
  const mean = (at: number) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const products = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return products / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}
