import { deadOnData } from '@relu-lab/theory';
import { evidence } from '../evidence.ts';
import { featureMoments } from '../feature-moments.ts';
import type { Check, Suspicion, Symptom } from '../suspicion.ts';
import { isWithinScales, largestFactor, majority } from '../thresholds.ts';
import { standardiseInputs } from '../treatments/standardise.ts';

/** Samples on which the effect of an offset is judged: a small data set shall not look worse than a large one. */
const referenceSamples = 512;

/**
 * Inputs of another scale than 1, one feature that drowns the others, or an offset so large that most ReLU units of a first layer without
 * bias would be dead or linear on the data. A network that normalises its inputs itself is left alone.
 */
export const inputScale: Check = ({ patient, history, skip }) => {
  const { layers } = patient.network;
  const readers = layers.filter(({ from }) => from.includes('input'));
  if (readers.every(({ role }) => role === 'normalization')) return [];
  const { features, inputs, rows } = history.allData;
  if (rows < 2) {
    skip({ check: 'inputs-not-standardised', layer: null, reason: 'one sample has no deviation' });
    return [];
  }
  const { mean, deviation } = featureMoments(inputs, features);
  const squares = mean.map((m, i) => m * m + deviation[i] ** 2);
  const total = squares.reduce((sum, square) => sum + square, 0);
  if (total === 0) return [noInput(readers.map(({ name }) => name))];
  const scale = total / features;
  const offset = mean.reduce((sum, m) => sum + m * m, 0) / total;
  const largest = squares.indexOf(Math.max(...squares));
  const others = squares.filter((square, i) => square > 0 && i !== largest).length;
  const dominance = others === 0 ? 1 : squares[largest] / ((total - squares[largest]) / others);
  const idle = idleShare(offset);
  const wrong = [
    ...(isWithinScales(scale) ? [] : ['scale']),
    ...(dominance <= largestFactor ? [] : ['dominance']),
    ...(idle <= majority ? [] : ['offset']),
  ];
  if (wrong.length === 0) return [];
  const constant = deviation.filter((d) => d === 0).length;
  return [
    {
      illness: 'inputs-not-standardised',
      severity: 'serious',
      layers: readers.map(({ name }) => name),
      evidence: [
        evidence('mean square of the inputs', scale, { predicted: 1, healthy: [1 / largestFactor, largestFactor] }),
        evidence(`mean square of feature ${largest} over that of the others that are not 0`, dominance, {
          healthy: [0, largestFactor],
        }),
        evidence('share of the inputs’ mean square that is their constant mean', offset),
        evidence('share of ReLU units of a first layer without bias that would be dead or linear', idle, {
          healthy: [0, majority],
        }),
        evidence(`features that are constant (of ${features})`, constant),
      ],
      why: inputWhy(wrong),
      excess: Math.max(Math.abs(Math.log(scale)), Math.log(dominance)) / Math.log(largestFactor),
      symptom: symptomOf(wrong),
      attempts: [standardiseInputs],
    },
  ];
};

/** The share of ReLU units of a wide layer without bias that theory has dead or linear on inputs of this mean correlation. */
function idleShare(correlation: number): number {
  return 2 * deadOnData({ samples: referenceSamples, correlation: Math.min(Math.max(correlation, 0), 1) }).dead;
}

function symptomOf(wrong: readonly string[]): Symptom | null {
  if (wrong.includes('scale')) {
    return { what: 'mean square of the inputs', measure: (v) => v.inputLength, isHealthy: isWithinScales };
  }
  if (!wrong.includes('offset')) return null;
  return {
    what: 'correlation of two inputs',
    measure: (v) => v.inputLikeness,
    isHealthy: (correlation) => idleShare(correlation) <= majority,
  };
}

function noInput(readers: readonly string[]): Suspicion {
  return {
    illness: 'inputs-not-standardised',
    severity: 'critical',
    layers: readers,
    evidence: [evidence('mean square of the inputs', 0, { predicted: 1 })],
    why: 'All inputs are 0: there is nothing to learn from.',
    excess: 1,
    symptom: null,
    attempts: [{ remedy: { what: 'Look at how the data are read.', change: 'data' }, treatment: null }],
  };
}

function inputWhy(wrong: readonly string[]): string {
  const reasons: Readonly<Record<string, string>> = {
    scale:
      'Initialisers are made for inputs of mean square 1: with this scale the signal, the gradient of the first layer and the curvature are off by the same factor, and no learning rate suits all layers.',
    dominance:
      'One feature is so much larger than the others that every unit of the first layer sees that one alone, and the curvature along it forbids steps that would suit the others.',
    offset:
      'The inputs lie far from 0 in one direction: for the units of the first layer all samples look alike, so that most do not bend between them, and the curvature along the mean forbids large steps.',
  };
  return wrong.map((which) => reasons[which]).join(' ');
}
