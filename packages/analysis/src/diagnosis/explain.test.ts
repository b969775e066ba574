import { describe, expect, it } from 'vitest';
import { type Diagnosis, explainDiagnosis } from '../index.ts';

const base: Diagnosis = {
  kind: 'diagnosis',
  healthy: true,
  findings: [],
  skipped: [],
  samples: 100,
  untrained: true,
  loss: { name: 'cross-entropy', value: 0.7, constantAnswer: 0.5 },
};

describe('explainDiagnosis', () => {
  it('says that nothing is wrong, and what was not looked for', () => {
    const skipped = [
      { check: 'dead-units', layer: 'maxout1', reason: 'never dead' },
      { check: 'dead-units', layer: 'maxout2', reason: 'never dead' },
      { check: 'saturation', layer: 'maxout1', reason: 'never flat' },
    ] as const;
    expect(explainDiagnosis({ ...base, skipped })).toBe(
      [
        'Nothing was found wrong with an untrained network, looked at on 100 samples; 2 checks were not made.',
        'cross-entropy 0.7; the best constant answer has 0.5.',
        '',
        'Not looked for:',
        '  dead-units in maxout1: never dead',
        '  dead-units in maxout2: never dead',
        '  saturation in maxout1: never flat',
      ].join('\n'),
    );
    expect(explainDiagnosis(base).split('\n')[0]).toBe(
      'Nothing is wrong with an untrained network, looked at on 100 samples.',
    );
  });

  it('says of one sample that it cannot tell', () => {
    const skipped = [{ check: 'dead-units', layer: null, reason: 'one sample' }] as const;
    expect(explainDiagnosis({ ...base, healthy: null, samples: 1, skipped }).split('\n')[0]).toBe(
      'Nothing was found wrong with an untrained network, looked at on 1 sample, which cannot tell whether it is healthy: 1 check was not made.',
    );
  });

  it('lists findings with evidence, mechanism, remedy and trial', () => {
    const text = explainDiagnosis({
      ...base,
      healthy: false,
      untrained: false,
      loss: { name: 'cross-entropy', value: null, constantAnswer: 0.6931471805599453 },
      findings: [
        {
          illness: 'dead-layer',
          severity: 'critical',
          layers: ['relu1', 'relu2', 'relu3', 'relu4', 'relu5'],
          evidence: [
            { what: 'share of dead units', measured: 1, predicted: 0.0123456, healthy: [0, 0.506] },
            { what: 'factor', measured: null, predicted: null, healthy: [0.5, 2] },
            { what: 'deviation', measured: 1e-9, predicted: null, healthy: [0.1, null] },
          ],
          why: 'All units are silent.',
          remedy: { what: 'Set the biases to 0.', change: 'bias' },
          trial: {
            symptom: { what: 'dead layers', before: 5, after: 1, cured: false },
            loss: { steps: 50, start: 0.7, before: null, after: 0.123456 },
          },
          consequences: ['constant-output'],
        },
      ],
    });
    expect(text.split('\n')).toEqual([
      '1 thing is wrong with a trained network, looked at on 100 samples.',
      'cross-entropy not finite; the best constant answer has 0.693.',
      '',
      '1. dead-layer (critical) in relu1, relu2, … relu5 (5 layers)',
      '   share of dead units: 1 (theory 0.0123; healthy at most 0.506)',
      '   factor: not finite (healthy 0.5 to 2)',
      '   deviation: 1e-9 (healthy at least 0.1)',
      '   Why: All units are silent.',
      '   Follows from it: constant-output',
      '   Remedy: Set the biases to 0.',
      '   Tried: dead layers 5 → 1, which is not yet healthy',
      '   Tried: loss after 50 steps not finite without, 0.123 with the remedy (at the start 0.7)',
    ]);
  });
});
