import { type Claim, agreesWithPrediction, between, greaterThan, lessThan, onlyIf } from '@relu-lab/report';
import { bySeed, measurement, medianMeasurement, paired, select } from '../measurements.ts';
import {
  type Counts,
  crossingsAgainstTheory,
  deepAgainstShallow,
  expectedRatio,
  exponents,
  growthOfFolds,
  growthOfRandom,
  numbers,
  shareOfBound,
  widthOfDeep,
} from './counts.ts';

const exact = { minimumSeeds: 0 } as const;

/** What the study claims of its rows. */
export function claimsOf(rows: Counts): readonly Claim[] {
  const { folds, folding, crossings, training, noise } = rows;
  const deepest = Math.max(...numbers(folding, 'folds'));
  const mostFolds = Math.max(...numbers(select(noise, { network: 'folded' }), 'layers'));
  const fewestFolds = Math.min(...numbers(select(noise, { network: 'folded' }), 'layers'));
  const kept = (network: string, layers: number, level: number): ReadonlyMap<number, number> =>
    bySeed(noise, { network, layers, level }, 'kept');
  const randomLayers = Math.max(...numbers(select(noise, { network: 'random' }), 'layers'));
  return [
    {
      id: 'tent-doubles',
      text: 'Depth can fold a line so that its pieces double with every layer: k layers of two units give exactly 2ᵏ.',
      prediction: { value: 2, source: 'Telgarsky 2015' },
      measurement: { ...growthOfFolds(folds, 'tent'), unit: 'times as many pieces a layer' },
      rule: agreesWithPrediction({ tolerance: 0, ...exact }),
      expected: 'supported',
      evidence: 'tbl-papers',
    },
    {
      id: 'paper-quadruples',
      text: 'Depth can fold a plane like paper, in both directions, so that its regions quadruple with every layer of four units.',
      prediction: { value: 4, source: 'Montúfar et al. 2014: ⌊n/2⌋² for n = 4 units' },
      measurement: { ...growthOfFolds(folds, 'paper'), unit: 'times as many regions a layer' },
      rule: agreesWithPrediction({ tolerance: 0, ...exact }),
      expected: 'supported',
      evidence: 'fig-fold',
    },
    {
      id: 'montufar-attained',
      text: 'A network that folds in all hidden layers but the last, and draws four lines in that, has as many regions as Montúfar’s bound says.',
      prediction: { value: 1, source: 'Montúfar et al. 2014: 4^(H − 1) × 11' },
      measurement: { ...shareOfBound(folds), unit: 'of the bound, for every depth' },
      rule: agreesWithPrediction({ tolerance: 0, ...exact }),
      expected: 'supported',
      evidence: 'tbl-papers',
    },
    {
      id: 'multiply-with-every-layer',
      text: 'Depth folds space, so that regions multiply with every layer.',
      prediction: { value: 2, source: 'Telgarsky 2015, of a network that folds' },
      measurement: { ...growthOfFolds(folds, 'tent'), unit: 'times as many a layer' },
      rule: onlyIf('the weights are set to fold, as no random network’s are', greaterThan(1.9, exact), {
        without: measurement(growthOfRandom(rows), { scale: 'log' }),
      }),
      expected: 'only-if',
      evidence: 'fig-attainable',
      format: 'fixed2',
    },
    {
      id: 'crossings-by-layer',
      text: 'How often a unit of a random network changes sign along a line is what theory says of wide layers, in every layer.',
      prediction: { value: 1, source: '(2/π) arctan(a √2/(σ_b √l)) for He' },
      measurement: { ...measurement(crossingsAgainstTheory(crossings)), unit: 'of the expected crossings' },
      rule: agreesWithPrediction({ tolerance: 0.05 }),
      expected: { full: 'supported' },
      evidence: 'fig-crossings',
      format: 'fixed3',
    },
    {
      id: 'grow-with-neurons',
      text: 'Regions of a random network on a line grow in proportion to its neurons.',
      prediction: { value: 1, source: 'Hanin & Rolnick 2019: neurons^(input dimension)' },
      measurement: { ...measurement(exponents(rows, 'line')), unit: 'exponent' },
      rule: agreesWithPrediction({ tolerance: 0.15 }),
      expected: { full: 'supported' },
      evidence: 'fig-depth',
      format: 'fixed2',
    },
    {
      id: 'grow-with-neurons-squared',
      text: 'Regions of a random network in a plane grow with the square of its neurons.',
      prediction: { value: 2, source: 'Hanin & Rolnick 2019: neurons^(input dimension)' },
      measurement: { ...measurement(exponents(rows, 'plane')), unit: 'exponent' },
      rule: agreesWithPrediction({ tolerance: 0.3 }),
      expected: { full: 'supported' },
      evidence: 'fig-depth-plane',
      format: 'fixed2',
    },
    {
      id: 'depth-adds-regions',
      text: 'At equal numbers of neurons a deeper random network has more regions than one of a single hidden layer.',
      prediction: { value: expectedRatio(rows), source: 'expected crossings of wide layers, all layers together' },
      measurement: { ...measurement(deepAgainstShallow(rows), { scale: 'log' }), unit: 'times as many' },
      rule: greaterThan(1),
      expected: 'refuted',
      evidence: 'fig-depth',
      format: 'fixed2',
    },
    {
      id: 'whatever-the-depth',
      text: 'At equal numbers of neurons the depth hardly matters: a deep random network has as many regions on a line as one of a single hidden layer, to within 30 %.',
      prediction: { value: 1, source: 'Hanin & Rolnick 2019: about one breakpoint a neuron, whatever the depth' },
      measurement: { ...measurement(deepAgainstShallow(rows), { scale: 'log' }), unit: 'times as many' },
      rule: onlyIf(
        `the layers are wide: ${widthOfDeep(rows, Math.max)} units in each, and not ${widthOfDeep(rows, Math.min)}`,
        between(0.7, 1.3),
        { without: measurement(deepAgainstShallow(rows, Math.min), { scale: 'log' }) },
      ),
      expected: 'only-if',
      evidence: 'fig-depth',
      format: 'fixed2',
    },
    {
      id: 'training-finds-folds',
      text: 'A network that is trained on what folding computes learns to fold: it comes to at least half of the pieces.',
      prediction: null,
      measurement: {
        ...medianMeasurement(
          paired(
            bySeed(folding, { network: 'trained', folds: deepest }, 'count'),
            bySeed(folding, { network: 'trained', folds: deepest }, 'attainable'),
            (count, attainable) => count / attainable,
          ),
        ),
        unit: 'of the pieces',
      },
      rule: greaterThan(0.5),
      expected: { full: 'refuted' },
      evidence: 'fig-attainable',
      format: 'percent',
    },
    {
      id: 'training-uses-depth',
      text: 'A network trained on digits comes to the number of regions that its depth makes possible: to a hundredth of it at least.',
      prediction: null,
      measurement: {
        ...medianMeasurement(
          paired(
            bySeed(training, { data: 'digits', isLast: true, status: 'completed' }, 'count'),
            bySeed(training, { data: 'digits', isLast: true, status: 'completed' }, 'attainable'),
            (count, attainable) => count / attainable,
          ),
        ),
        unit: 'of what folding attains',
      },
      rule: greaterThan(0.01),
      expected: 'refuted',
      evidence: 'fig-training',
      format: 'scientific',
    },
    {
      id: 'one-percent-collapses',
      text: `Noise of 1 % on the weights collapses a network of ${mostFolds} folds: less than half of its pieces are left.`,
      prediction: null,
      measurement: { ...medianMeasurement(kept('folded', mostFolds, 0.01)), unit: 'of the pieces are left' },
      rule: lessThan(0.5),
      expected: { full: 'refuted' },
      evidence: 'fig-noise',
      format: 'percent',
    },
    {
      id: 'ten-percent-collapses',
      text: `Noise of 10 % on the weights collapses a network of ${mostFolds} folds: less than a hundredth of its pieces is left.`,
      prediction: null,
      measurement: { ...medianMeasurement(kept('folded', mostFolds, 0.1)), unit: 'of the pieces are left' },
      rule: lessThan(0.01),
      expected: 'supported',
      evidence: 'fig-noise',
      format: 'percent2',
    },
    {
      id: 'deeper-collapses-sooner',
      text: `The deeper the folding, the sooner noise undoes it: at 3 % ${mostFolds} folds keep a smaller share of their pieces than ${fewestFolds}.`,
      prediction: null,
      measurement: {
        ...medianMeasurement(
          paired(kept('folded', fewestFolds, 0.03), kept('folded', mostFolds, 0.03), (few, most) => few - most),
        ),
        unit: 'more kept by few folds',
      },
      rule: greaterThan(0),
      expected: 'supported',
      evidence: 'fig-noise',
      format: 'points',
    },
    {
      id: 'random-hardly-notices',
      text: 'A random network hardly notices noise of 1 %: its regions change by less than a twentieth.',
      prediction: { value: 1, source: 'noise makes another random network of nearly the same variance' },
      measurement: { ...medianMeasurement(kept('random', randomLayers, 0.01)), unit: 'times as many as without' },
      rule: between(0.95, 1.05),
      expected: { full: 'supported' },
      evidence: 'fig-noise',
      format: 'percent',
    },
  ];
}
