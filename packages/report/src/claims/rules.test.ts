import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval, Measurement, Prediction } from './claim.ts';
import { agreesWithPrediction, between, greaterThan, lessThan, onlyIf } from './rules.ts';
import type { VerdictRule } from './verdict-rule.ts';

function measured(low: number, high: number, rest: Partial<Measurement> = {}): Measurement {
  return { estimate: (low + high) / 2, interval: [low, high], seeds: 5, ...rest };
}

function verdict(rule: VerdictRule, measurement: Measurement, prediction: Prediction | null = null): string {
  return rule.decide({ measurement, prediction }).verdict;
}

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const interval = fc.tuple(number, number).map(([a, b]): Interval => (a <= b ? [a, b] : [b, a]));

describe('greaterThan', () => {
  it('is supported above, refuted below, and inconclusive across the threshold', () => {
    expect(verdict(greaterThan(0.5), measured(0.6, 0.7))).toBe('supported');
    expect(verdict(greaterThan(0.5), measured(0.3, 0.4))).toBe('refuted');
    expect(verdict(greaterThan(0.5), measured(0.4, 0.6))).toBe('inconclusive');
  });

  it('does not count the threshold itself as greater', () => {
    expect(verdict(greaterThan(0.5), measured(0.5, 0.6))).toBe('inconclusive');
    expect(verdict(greaterThan(0.5), measured(0.4, 0.5))).toBe('refuted');
    expect(verdict(greaterThan(0), measured(0, 0))).toBe('refuted');
  });

  it.each([
    [Infinity, Infinity, 'supported'],
    [0.5, Infinity, 'supported'],
    [-0.5, Infinity, 'inconclusive'],
    [-Infinity, 0.5, 'inconclusive'],
    [-Infinity, Infinity, 'inconclusive'],
    [-Infinity, 0, 'refuted'],
    [-Infinity, -Infinity, 'refuted'],
  ])('takes %d to %d, whose ends may be infinite, as its numbers say: %s', (low, high, expected) => {
    expect(verdict(greaterThan(0), measured(low, high, { estimate: 0 }))).toBe(expected);
    expect(verdict(lessThan(0), measured(-high, -low, { estimate: 0 }))).toBe(expected);
  });

  it('finds nothing above ∞, and nothing below −∞', () => {
    expect(verdict(greaterThan(Infinity), measured(Infinity, Infinity))).toBe('refuted');
    expect(verdict(lessThan(-Infinity), measured(-Infinity, -Infinity))).toBe('refuted');
    expect(verdict(greaterThan(-Infinity), measured(-Infinity, -Infinity))).toBe('refuted');
  });

  it('is never supported together with lessThan, and they swap under a change of sign', () => {
    fc.assert(
      fc.property(interval, number, ([low, high], threshold) => {
        const greater = verdict(greaterThan(threshold), measured(low, high));
        expect(greater).toBe(verdict(lessThan(-threshold), measured(-high, -low)));
        if (greater === 'supported') expect(verdict(lessThan(threshold), measured(low, high))).toBe('refuted');
      }),
    );
  });

  it('stays supported when the interval shrinks', () => {
    fc.assert(
      fc.property(interval, number, fc.double({ min: 0, max: 1, noNaN: true }), ([low, high], threshold, share) => {
        const end = low + (high - low) * share;
        if (verdict(greaterThan(threshold), measured(low, high)) === 'supported' && end >= low && end <= high) {
          expect(verdict(greaterThan(threshold), measured(low, end))).toBe('supported');
        }
      }),
    );
  });

  it('is inconclusive, and says why, where the numbers decide nothing', () => {
    const reason = (measurement: Measurement): string => {
      const decision = greaterThan(0.5).decide({ measurement, prediction: null });
      expect(decision.verdict).toBe('inconclusive');
      return decision.reason;
    };
    expect(reason(measured(0.6, 0.7, { estimate: NaN }))).toBe('the measurement is NaN');
    expect(reason(measured(NaN, 0.7, { estimate: 0.65 }))).toBe("the measurement's interval is NaN");
    expect(reason({ estimate: 0.6, interval: null, seeds: 5 })).toBe('the measurement has no interval');
    expect(reason(measured(0.6, 0.7, { seeds: 1 }))).toBe('1 seed was measured, and 2 are needed');
  });

  it('takes fewer seeds where the rule says so', () => {
    expect(verdict(greaterThan(0.5, { minimumSeeds: 0 }), measured(0.6, 0.6, { seeds: 0 }))).toBe('supported');
    expect(verdict(greaterThan(0.5, { minimumSeeds: 10 }), measured(0.6, 0.6, { seeds: 9 }))).toBe('inconclusive');
  });

  it.each([NaN, -3, 1.5, '2' as unknown as number])(
    'refuses %s as a number of seeds, as every rule does',
    (minimumSeeds) => {
      const makers = [
        () => greaterThan(0, { minimumSeeds }),
        () => lessThan(0, { minimumSeeds }),
        () => between(0, 1, { minimumSeeds }),
        () => agreesWithPrediction({ minimumSeeds }),
      ];
      for (const make of makers) expect(make).toThrow(/minimumSeeds must be a whole number from 0/);
    },
  );

  it('states itself and the numbers in the format of the claim', () => {
    const input = { measurement: measured(0.976, 0.98), prediction: null, format: 'percent' as const };
    expect(greaterThan(0.975).describe(input).replaceAll('\u00a0', ' ')).toBe(
      'supported when the whole interval lies above 97.5 %',
    );
    expect(greaterThan(0.975).decide(input).reason.replaceAll('\u00a0', ' ')).toBe(
      'the interval 97.6 % to 98.0 % lies above 97.5 %',
    );
  });

  it('refuses a threshold that is no number', () => {
    expect(() => greaterThan(NaN)).toThrow('greaterThan needs a number to compare with, not NaN');
  });
});

describe('between', () => {
  it('includes both ends', () => {
    expect(verdict(between(0, 1), measured(0, 1))).toBe('supported');
    expect(verdict(between(0, 1), measured(0.5, 1.5))).toBe('inconclusive');
    expect(verdict(between(0, 1), measured(1.1, 1.5))).toBe('refuted');
    expect(() => between(1, 0)).toThrow('between takes the lower end first');
  });
});

describe('agreesWithPrediction', () => {
  const half: Prediction = { value: 0.5 };

  it('is supported within the tolerance, refuted outside, inconclusive across', () => {
    const rule = agreesWithPrediction({ tolerance: 0.1 });
    expect(verdict(rule, measured(0.45, 0.55), half)).toBe('supported');
    expect(verdict(rule, measured(0.65, 0.75), half)).toBe('refuted');
    expect(verdict(rule, measured(0.55, 0.65), half)).toBe('inconclusive');
  });

  it('is not convinced by an interval that is wider than the tolerance, though it contains the prediction', () => {
    expect(verdict(agreesWithPrediction({ tolerance: 0.1 }), measured(0, 1), half)).toBe('inconclusive');
  });

  it('takes five per cent of the predicted value by default', () => {
    expect(verdict(agreesWithPrediction(), measured(1.91, 2.09), { value: 2 })).toBe('supported');
    expect(verdict(agreesWithPrediction(), measured(1.89, 2.09), { value: 2 })).toBe('inconclusive');
    expect(verdict(agreesWithPrediction(), measured(-2.09, -1.91), { value: -2 })).toBe('supported');
  });

  it('takes the interval of the prediction, where there is one', () => {
    const predicted: Prediction = { value: 0.5, interval: [0.3, 0.8] };
    expect(verdict(agreesWithPrediction(), measured(0.3, 0.8), predicted)).toBe('supported');
    expect(verdict(agreesWithPrediction(), measured(0.29, 0.8), predicted)).toBe('inconclusive');
    expect(verdict(agreesWithPrediction({ tolerance: 0.02 }), measured(0.29, 0.8), predicted)).toBe('supported');
  });

  it('is inconclusive without a prediction, or with one that is NaN', () => {
    expect(verdict(agreesWithPrediction(), measured(0, 1))).toBe('inconclusive');
    expect(verdict(agreesWithPrediction(), measured(0, 1), { value: NaN })).toBe('inconclusive');
    expect(verdict(agreesWithPrediction(), measured(0, 1), { value: 0, interval: [NaN, 1] })).toBe('inconclusive');
  });

  it('finds ∞ where ∞ is predicted, and nothing else', () => {
    expect(verdict(agreesWithPrediction(), measured(Infinity, Infinity), { value: Infinity })).toBe('supported');
    expect(verdict(agreesWithPrediction(), measured(1, 2), { value: Infinity })).toBe('refuted');
    expect(verdict(agreesWithPrediction(), measured(1, Infinity), { value: Infinity })).toBe('inconclusive');
  });

  it('says that numbers are equal where nothing else would agree', () => {
    const input = { measurement: measured(0, 0), prediction: { value: 0 }, format: 'fixed1' as const };
    expect(agreesWithPrediction().describe(input)).toBe(
      'supported when the measured number equals the predicted one, 0.0',
    );
    expect(agreesWithPrediction().decide(input).reason).toBe('the number equals 0.0');
    expect(agreesWithPrediction().decide({ ...input, measurement: measured(1, 2) }).reason).toBe(
      'no part of the interval 1.0 to 2.0 equals 0.0',
    );
  });

  it('refuses a tolerance that is none', () => {
    expect(() => agreesWithPrediction({ tolerance: -1 })).toThrow('tolerance must be a number from 0, not -1');
    expect(() => agreesWithPrediction({ relativeTolerance: NaN })).toThrow('relativeTolerance must be');
  });
});

describe('onlyIf', () => {
  const rule = onlyIf('the weights are He-initialised', greaterThan(0.5));

  it('names the condition where the claim is supported, and hands on every other verdict', () => {
    const decision = rule.decide({ measurement: measured(0.6, 0.7), prediction: null });
    expect(decision).toMatchObject({ verdict: 'only-if', condition: 'the weights are He-initialised' });
    expect(verdict(rule, measured(0.3, 0.4))).toBe('refuted');
    expect(verdict(rule, measured(0.4, 0.6))).toBe('inconclusive');
  });

  it('asks whether the condition is needed, where that was measured too', () => {
    const held = measured(0.6, 0.7);
    const against = (without: Measurement): string => verdict(onlyIf('x', greaterThan(0.5), { without }), held);
    expect(against(measured(0.1, 0.2))).toBe('only-if');
    expect(against(measured(0.6, 0.7))).toBe('supported');
    expect(against(measured(0.4, 0.6))).toBe('inconclusive');
  });

  it('refuses a contrast that is no measurement', () => {
    const without = { estimate: '1', interval: [0, 1], seeds: 3 } as unknown as Measurement;
    expect(() => verdict(onlyIf('x', greaterThan(0.5), { without }), measured(0.6, 0.7))).toThrow(
      /measurement without the condition needs an estimate/,
    );
  });

  it('refuses an empty condition', () => {
    expect(() => onlyIf(' ', greaterThan(0))).toThrow('onlyIf needs the condition in words');
  });
});
