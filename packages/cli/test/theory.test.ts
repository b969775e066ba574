import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Project, makeProject } from './project.ts';

let project: Project;
beforeAll(() => {
  project = makeProject([]);
});
afterAll(() => project.remove());

const theory = (line: string) => project.call(['theory', ...line.split(' ')]);

async function json(line: string): Promise<Record<string, unknown>> {
  const { code, out, info } = await theory(`${line} --json`);
  expect({ code, info }).toEqual({ code: 0, info: '' });
  return JSON.parse(out) as Record<string, unknown>;
}

/** A published value, right to the last digit that is given. */
function published(text: string): unknown {
  return expect.closeTo(Number(text), text.split('.')[1]?.length ?? 0);
}

/** The value of a formula, to rounding. */
function exactly(value: number): unknown {
  return expect.closeTo(value, 12);
}

describe('relu-lab theory', () => {
  // Published or independently computed values: moments by quadrature, arc-cosine kernels, closed forms.
  const values: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    [
      'moments --activation elu',
      {
        mean: published('0.1605205723'),
        secondMoment: published('0.6449454175'),
        forwardGain: published('1.24519830'),
      },
    ],
    [
      'moments --activation leaky-relu --alpha 0.2',
      { secondMoment: exactly(0.52), mean: exactly(0.8 / Math.sqrt(2 * Math.PI)) },
    ],
    ['maxout-moments --pieces 2', { mean: exactly(1 / Math.sqrt(Math.PI)), secondMoment: exactly(1) }],
    [
      'mean-field --activation relu --weight-variance 1.5 --bias-variance 0.1',
      { status: 'converged', q: exactly(0.4), chi1: exactly(0.75), correlationScale: exactly(-1 / Math.log(0.75)) },
    ],
    [
      'mean-field --activation sigmoid --weight-variance 1',
      { q: published('0.26468688'), chi1: published('0.05572071') },
    ],
    ['mean-field --activation relu --weight-variance 2', { status: 'marginal', lengthScale: 'Infinity' }],
    [
      'edge-of-chaos --activation tanh --bias-variance 0.05',
      { status: 'found', weightVariance: published('1.7609546'), q: published('0.5700479') },
    ],
    ['edge-of-chaos --activation gelu', { status: 'none' }],
    [
      'correlation-map --activation relu --weight-variance 2 --rho 0.5',
      { correlation: exactly((Math.sqrt(0.75) + (Math.PI * 2) / 3 / 2) / Math.PI) },
    ],
    ['correlation-slope --activation relu --weight-variance 2 --rho 0.5', { slope: exactly(2 / 3) }],
    [
      'born-dead --width 8 --depth 3',
      { lowerBound: exactly(2 ** -16 * (3 - 2 ** -7)), singleInput: exactly(1 - (1 - 2 ** -8) ** 2) },
    ],
    ['dead-on-data --samples 9 --correlation 0.5', { dead: exactly(0.1), alwaysOn: exactly(0.1) }],
    ['zero-fraction --activation relu', { zeroFraction: 0.5 }],
    ['batch-norm-zero-fraction --activation relu --beta -1', { zeroFraction: exactly(0.8413447460685429) }],
    [
      'finite-width --widths 50x10',
      { beta: exactly(0.2), secondMomentRatio: exactly(1.1 ** 10), median: exactly(Math.exp(-0.5)) },
    ],
    ['batch-norm-growth --activation relu', { squaredGradientGrowth: exactly(Math.PI / (Math.PI - 1)) }],
    [
      'expected-crossings --layer 1 --half-width 1 --weight-variance 2 --bias-deviation 1',
      { crossings: exactly((2 / Math.PI) * Math.atan(Math.SQRT2)) },
    ],
    ['max-linear-regions --inputs 2 --widths 8', { upperBound: 37, montufarLowerBound: 37 }],
    ['tent-map --compositions 4 --at 0.3', { pieces: 16, units: 8, value: exactly(0.8) }],
    [
      'selu-map',
      {
        mean: exactly(0),
        variance: exactly(1),
        jacobian: [
          [exactly(0), published('0.0888347551')],
          [exactly(0), published('0.7826478832')],
        ],
      },
    ],
  ];
  it.each(values)('%s', async (line, wanted) => {
    expect(await json(line)).toMatchObject(wanted);
  });

  it('gives the kernel of ReLU layer by layer: the diagonal is the number of hidden layers and one', async () => {
    const line = 'ntk --activation relu --weight-variance 2 --depth 3 --rho 1';
    expect(await json(line)).toEqual({ kernel: [1, 2, 3, 4], nngp: [1, 1, 1, 1] });
    const { out } = await theory(line);
    expect(out).toMatch(/^layer {2}kernel {2}nngp\n0 {6}1 {7}1\n1 {6}2 {7}1\n/);
  });

  it('halves signals and gradients each layer with Xavier, by initialiser and its options', async () => {
    const xavier = await theory('signal-growth --activation relu --widths 16x4 --initializer xavier-normal --json');
    expect(JSON.parse(xavier.out)).toMatchObject([
      { layer: 1, q: exactly(1), squaredGradient: exactly(0.25) },
      { layer: 2, q: exactly(0.5), squaredGradient: exactly(0.5) },
      { layer: 3, q: exactly(0.25), squaredGradient: 1 },
    ]);
    const he = await theory('signal-growth --activation relu --widths 16x3 --initializer lecun-normal --gain 2 --json');
    expect(JSON.parse(he.out)).toMatchObject([{ weightVariance: exactly(4) }, { weightVariance: exactly(4) }]);
  });

  it('prints what each number means, aligned, and what does not exist as none', async () => {
    const { code, out } = await theory('mean-field --activation relu --weight-variance 3');
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 5)).toEqual([
      'status            diverges  what becomes of lengths: converged, marginal, bistable or diverges',
      'q                 none      variance of pre-activations in the limit of q = 1',
      'chi1              none      χ₁ = σ_w² E[φ′²] there: growth of squared gradients a layer',
      'lengthScale       none      ξ_q, layers in which disturbances of q fall to 1/e',
      'correlationScale  none      ξ_c = −1/ln χ₁, layers in which differences between inputs fall to 1/e',
    ]);
    expect((await theory('edge-of-chaos --activation gelu')).out).toMatch(
      /^status {2}none {2}.*\nreason {2}.*\n\ncandidates: .*\n {2}weightVariance {2}q\n {2}4 {15}0\n$/,
    );
  });

  it('explains itself, by chapter, with an example each', async () => {
    const all = await theory('--help');
    expect(all.out).toMatch(/Mean field:\n {2}mean-field .*Dead units and zeros:\n {2}born-dead/s);
    const one = await theory('mean-field --help');
    expect(one.out).toMatch(/--alpha <number> +of celu, elu, leaky-relu, prelu\n/);
    expect(one.out).toMatch(/Example:\n {2}relu-lab theory mean-field --activation relu --weight-variance 1\.5/);
  });

  it.each([
    ['moments --activation reluu', /no activation 'reluu' \(did you mean 'relu'\?\)/],
    ['moments', /required option '--activation <name>' not specified/],
    ['moments --activation relu --alpha 1', /relu takes subgradient, not 'alpha'/],
    ['moments --activation maxout', /maxout takes several pre-activations/],
    ['moments --activation relu --variance -1', /variance .* at least 0, not -1/],
    ['moments --activation relu --variance x', /--variance is a number, not 'x'/],
    [
      'phase-diagram --activation relu --weight-variances 1,,2',
      /--weight-variances is a list of numbers such as 0\.5,1,2/,
    ],
    ['finite-width --widths 8,a', /--widths is a list of widths such as 64,64,10 or 100x20, not '8,a'/],
    [
      'signal-growth --activation relu --widths 8,8 --initializer he-norml',
      /no initializer 'he-norml' \(did you mean 'he-normal'/,
    ],
    ['born-dead --width 8', /required option '--depth <number>' not specified/],
    ['momnts', /Did you mean moments\?/],
  ])('refuses %s with exit code 2', async (line, message) => {
    const { code, out, info } = await theory(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(info).toMatch(message);
  });
});
