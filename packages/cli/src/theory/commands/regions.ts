import { expectedCrossings, hyperplaneRegions, maxLinearRegions, tentMap } from '@relu-lab/theory';
import { number, optionalNumber, widths } from '../option-kinds.ts';
import { type TheoryCommand, ofNumbers } from '../theory-command.ts';

export const regionCommands: readonly TheoryCommand[] = [
  ofNumbers({
    name: 'max-linear-regions',
    summary: 'how many linear regions a ReLU network can have',
    takes: { inputs: number('n_0, dimension of the input'), widths: widths('units of each hidden layer') },
    results: {
      upperBound: 'no network of that shape has more (Serra et al. 2018)',
      montufarLowerBound: 'some network of that shape has at least so many (Montúfar et al. 2014)',
    },
    example: '--inputs 2 --widths 8,8',
    compute: (options) => maxLinearRegions(options),
  }),
  ofNumbers({
    name: 'hyperplane-regions',
    summary: 'regions into which hyperplanes in general position cut space: what one hidden layer attains',
    takes: { hyperplanes: number('n, units of the layer'), dimension: number('d, inputs') },
    results: { regions: 'Σ_{j≤d} C(n, j) (Zaslavsky 1975)' },
    example: '--hyperplanes 8 --dimension 2',
    compute: (options) => ({ regions: hyperplaneRegions(options) }),
  }),
  ofNumbers({
    name: 'expected-crossings',
    summary: 'how often one unit of a random ReLU network changes sign along a line',
    takes: {
      layer: number('hidden layer of the unit, from 1 on'),
      halfWidth: number('a: the input runs from −a to a'),
      weightVariance: number('σ_w², in every layer'),
      biasDeviation: number('σ_b, deviation of the biases, in every layer'),
    },
    results: { crossings: 'expected number for one unit: exact in layer 1, for infinite width in deeper ones' },
    example: '--layer 3 --half-width 2 --weight-variance 2 --bias-deviation 0.5',
    compute: (options) => ({ crossings: expectedCrossings(options) }),
  }),
  ofNumbers({
    name: 'tent-map',
    summary: 'the tent map composed k times: what depth can do',
    takes: {
      compositions: number('k, compositions'),
      at: optionalNumber('x, to compute the value there', 'none'),
    },
    results: {
      pieces: 'linear pieces on [0, 1], 2^k',
      units: 'hidden units, 2k',
      layers: 'weights and biases of the network that computes it',
      value: 't(t(… t(x)))',
    },
    example: '--compositions 3 --at 0.3',
    compute: ({ at, ...options }) => {
      const { value, ...map } = tentMap(options);
      return at === undefined ? map : { ...map, value: value(at) };
    },
  }),
];
