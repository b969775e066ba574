import { labelEntropy } from '../../label-entropy.ts';
import { evidence } from '../evidence.ts';
import { featureMoments } from '../feature-moments.ts';
import type { Check } from '../suspicion.ts';
import { largestFactor } from '../thresholds.ts';
import { standardiseTargets } from '../treatments/standardise.ts';

/** Share of ln(classes) below which the labels tell too little: a constant answer has then two thirds of what there is to know. */
const leastInformation = 1 / 3;

/** Labels of one class alone, or so unequal that a constant answer does most of the work. */
export const labels: Check = ({ history: { allData }, skip }) => {
  const { targets, rows, classes = 0 } = allData;
  if (!(targets instanceof Int32Array) || classes < 2) return [];
  if (rows < 2) {
    for (const check of ['one-class', 'class-imbalance'] as const) {
      skip({ check, layer: null, reason: 'one sample has one label' });
    }
    return [];
  }
  const counts = new Float64Array(classes);
  targets.forEach((label) => counts[label]++);
  const present = counts.filter((count) => count > 0);
  const information = labelEntropy(allData) / Math.log(classes);
  const largest = Math.max(...counts) / rows;
  if (present.length > 1 && information >= leastInformation) return [];
  const single = present.length === 1;
  return [
    {
      illness: single ? 'one-class' : 'class-imbalance',
      severity: single ? 'critical' : 'serious',
      layers: [],
      evidence: [
        evidence('share of the largest class', largest, { predicted: 1 / classes }),
        evidence('entropy of the labels over ln(classes)', information, {
          predicted: 1,
          healthy: [leastInformation, 1],
        }),
        evidence('samples of the rarest class that there is', Math.min(...present)),
        evidence(`classes without a sample (of ${classes})`, classes - present.length, { healthy: [0, 0] }),
      ],
      why: single
        ? 'All samples have the same label: a constant answer has loss 0, and that is what is learnt.'
        : 'The constant answer is nearly always right, so that the gradient is nearly always about the largest class, and accuracy hides that the others are not learnt.',
      excess: 1 - information,
      symptom: null,
      attempts: [
        {
          remedy: {
            what: single
              ? 'Look at how the labels are read, and at the order of the data: a sorted file cut in two has one class in each part.'
              : 'Draw batches with equal shares of the classes (or weight the loss), and measure by class.',
            change: 'data',
          },
          treatment: null,
        },
      ],
    },
  ];
};

/** Target values that the output activation cannot give, or that are huge beside what a network starts with. */
export const targetValues: Check = ({ patient, history: { allData }, vitals }) => {
  const { targets, rows } = allData;
  if (targets instanceof Int32Array) return [];
  const { layers } = patient.network;
  const last = layers[layers.length - 1];
  const range = last.activation?.range;
  if (range) {
    const outside = targets.filter((t) => t < range.from || t > range.to).length / targets.length;
    if (outside === 0) return [];
    return [
      {
        illness: 'targets-out-of-range',
        severity: outside > 0.5 ? 'critical' : 'serious',
        layers: [last.name],
        evidence: [
          evidence(`share of target values outside [${range.from}, ${range.to}], what ${last.name} can give`, outside, {
            healthy: [0, 0],
          }),
          evidence(
            'smallest target',
            targets.reduce((a, b) => Math.min(a, b)),
            { healthy: [range.from, range.to] },
          ),
          evidence(
            'largest target',
            targets.reduce((a, b) => Math.max(a, b)),
            { healthy: [range.from, range.to] },
          ),
        ],
        why: 'The output activation cannot reach these values: the loss has a floor, and the outputs are driven into its flat ends on the way.',
        excess: outside,
        symptom: null,
        attempts: [
          {
            remedy: {
              what: 'Leave the activation out of the last layer, or scale the targets into its range.',
              change: 'activation',
            },
            treatment: null,
          },
        ],
      },
    ];
  }
  const { mean, deviation } = featureMoments(targets, targets.length / rows);
  const square = mean.reduce((sum, m, i) => sum + m * m + deviation[i] ** 2, 0) / mean.length;
  if (square <= largestFactor * Math.max(vitals.outputLength, 1)) return [];
  return [
    {
      illness: 'targets-not-standardised',
      severity: 'serious',
      layers: [],
      evidence: [
        evidence('mean square of the targets', square, { predicted: 1, healthy: [0, largestFactor] }),
        evidence('mean square of the outputs', vitals.outputLength),
      ],
      why: 'Errors and gradients are as large as the targets, and the first steps must carry the outputs there: they throw the weights off (and kill units) long before anything is learnt.',
      excess: Math.log(square) / Math.log(largestFactor),
      symptom: null,
      attempts: [standardiseTargets],
    },
  ];
};
