import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ElementwiseActivation } from '../activation.ts';
import { activation, activationNames } from './by-name.ts';
import { celu, elu, leakyRelu, prelu, relu6With, reluWith, rrelu } from './catalogue.ts';

const activations: readonly ElementwiseActivation[] = [
  ...activationNames
    .map((name) => activation(name))
    .filter((phi): phi is ElementwiseActivation => phi.kind === 'elementwise'),
  reluWith({ subgradient: 0.5 }),
  relu6With({ subgradient: 1 }),
  leakyRelu({ alpha: 0 }),
  leakyRelu({ alpha: 1 }),
  leakyRelu({ alpha: -0.2 }),
  leakyRelu({ alpha: 3 }),
  leakyRelu({ alpha: 0.3, subgradient: 1 }),
  prelu({ alpha: 1.2, subgradient: 0.5 }),
  rrelu({ lower: 0.1, upper: 0.1 }),
  elu({ alpha: 0.4 }),
  elu({ alpha: 1.7 }),
  celu({ alpha: 0.6 }),
  celu({ alpha: 2 }),
];

const ordinary = fc.double({ min: -30, max: 30, noNaN: true });
const any = fc.double({ noNaN: true });

describe.each(activations.map((phi) => ({ phi, name: phi.name, parameters: phi.parameters })))(
  '$name with $parameters',
  ({ phi }) => {
    it('has the slope that finite differences have, away from kinks', () => {
      const h = 1e-3;
      fc.assert(
        fc.property(ordinary, (x) => {
          fc.pre(phi.kinks.every((kink) => Math.abs(x - kink) > 3 * h));
          // The five-point rule: error h⁴ φ⁽⁵⁾/30, some 1e-12, and rounding, 1e-16 |φ| / h. At the joints without a kink
          // (ELU, CELU at 0) the second derivative jumps, by at most 1/0.6, so that the error there is a multiple of h.
          const slope =
            (8 * (phi.value(x + h) - phi.value(x - h)) - (phi.value(x + 2 * h) - phi.value(x - 2 * h))) / (12 * h);
          expect(Math.abs(phi.derivative(x) - slope)).toBeLessThan(Math.abs(x) < 3 * h ? 2 * h : 2e-10);
        }),
      );
    });

    it('has different slopes on the two sides of each kink, and none elsewhere', () => {
      const h = 1e-7;
      const jump = (x: number): number => {
        const right = (phi.value(x + h) - phi.value(x)) / h;
        const left = (phi.value(x) - phi.value(x - h)) / h;
        return Math.abs(right - left);
      };
      for (const kink of phi.kinks) expect(jump(kink)).toBeGreaterThan(0.04);
      for (const x of [-6, -3, -1, 0, 1, 3, 6]) if (!phi.kinks.includes(x)) expect(jump(x)).toBeLessThan(1e-5);
    });

    it('has at a kink a derivative between the two slopes', () => {
      const h = 1e-7;
      for (const kink of phi.kinks) {
        const sides = [phi.value(kink + h) - phi.value(kink), phi.value(kink) - phi.value(kink - h)].map((d) => d / h);
        expect(phi.derivative(kink)).toBeGreaterThanOrEqual(Math.min(...sides) - 1e-6);
        expect(phi.derivative(kink)).toBeLessThanOrEqual(Math.max(...sides) + 1e-6);
      }
    });

    it('stays in its range, and comes near both ends', () => {
      const { from, to } = phi.range;
      fc.assert(
        fc.property(any, (x) => {
          const y = phi.value(x);
          expect(y).toBeGreaterThanOrEqual(from);
          expect(y).toBeLessThanOrEqual(to);
        }),
      );
      const steps = Array.from({ length: 60_001 }, (_, i) => phi.value((i - 30_000) / 1000));
      const lowest = steps.reduce((a, b) => Math.min(a, b));
      const highest = steps.reduce((a, b) => Math.max(a, b));
      if (Number.isFinite(from)) expect(lowest - from).toBeLessThan(1e-6);
      else expect(lowest).toBeLessThan(-0.25);
      if (Number.isFinite(to)) expect(to - highest).toBeLessThan(1e-6);
      else expect(highest).toBeGreaterThan(29.99);
    });

    it('is positively homogeneous exactly when it says so', () => {
      const differs = (x: number, c: number): boolean =>
        Math.abs(phi.value(c * x) - c * phi.value(x)) > 1e-14 * Math.abs(c * x) + 1e-300; // where products are no longer normal numbers
      if (phi.positivelyHomogeneous) {
        const factor = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
        fc.assert(fc.property(ordinary, factor, (x, c) => !differs(x, c)));
      } else {
        expect([-7, -2, 2, 7].some((x) => differs(x, 3))).toBe(true);
      }
    });

    it('gives the same derivative from the output as from the input', () => {
      const fromOutput = phi.derivativeFromOutput;
      if (fromOutput === undefined) return;
      fc.assert(
        fc.property(fc.oneof(any, ordinary), (x) => {
          // y has lost what is below its own rounding, at most 2⁻⁵³ of numbers up to about 2.
          expect(Math.abs(fromOutput(phi.value(x)) - phi.derivative(x))).toBeLessThanOrEqual(2 ** -51);
        }),
      );
      for (const kink of phi.kinks) expect(fromOutput(phi.value(kink))).toBe(phi.derivative(kink));
    });

    it('keeps NaN, and turns no number into NaN', () => {
      fc.assert(
        fc.property(any, (x) => {
          expect(phi.value(x)).not.toBeNaN();
          expect(phi.derivative(x)).not.toBeNaN();
        }),
      );
      expect(phi.value(NaN)).toBeNaN();
      expect(phi.derivative(NaN)).toBeNaN();
    });

    it('comes with a formula, a source and a kernel of at most two numbers', () => {
      expect(phi.tex).not.toBe('');
      expect(phi.source.title).toMatch(/\d{4}/);
      expect(phi.source.url).toMatch(/^https:\/\//);
      expect(phi.kernel?.name).toMatch(/^[a-z][a-zA-Z0-9]*$/);
      expect(phi.kernel?.arguments.length).toBeLessThanOrEqual(2);
    });
  },
);
