// A study of a user's own, which the installed command builds.
import { type SeedSummary, summarizeSeeds } from '@relu-lab/analysis';
import { type Measurement, agreesWithPrediction, defineStudy, pointsWithIntervals } from '@relu-lab/report';
import { experiment } from '@relu-lab/sweep';
import { z } from 'zod';

const meanOfRelu = experiment<{ readonly draws: number }>(
  new URL('./experiment.ts', import.meta.url).href,
  'meanOfRelu',
);
const exact = 1 / Math.sqrt(2 * Math.PI);

export default defineStudy({
  id: 'mean-of-relu',
  title: 'The mean of a rectified normal number',
  parameters: z.object({ draws: z.int().min(1).default(20_000), seeds: z.int().min(2).default(4) }),
  profiles: { quick: {}, full: { draws: 1_000_000 } },
  run: async ({ parameters: { draws, seeds }, sweep }) => {
    const { rows } = await sweep(meanOfRelu, [{ draws }], { seeds });
    return summarizeSeeds(rows.map(({ mean }) => Number(mean)));
  },
  claims: ({ result }) => [
    {
      id: 'mean',
      text: 'ReLU of a standard normal number has mean 1 / √(2π).',
      prediction: { value: exact, source: 'an integral' },
      measurement: measurement(result),
      rule: agreesWithPrediction({ relativeTolerance: 0.02 }),
      expected: 'supported',
      evidence: 'fig-mean',
    },
  ],
  figures: ({ result }) => ({
    'fig-mean': () =>
      pointsWithIntervals({
        points: [{ name: 'mean', ...measurement(result) }],
        valueTitle: 'mean',
        reference: { value: exact, label: 'exact' },
        caption: 'The mean over seeds with its interval.',
        alt: 'One point with an interval, beside a line for the exact value.',
      }),
  }),
  tables: () => ({}),
  prose: new URL('./study.md', import.meta.url),
});

function measurement({ mean, interval, seeds }: SeedSummary): Measurement {
  return { estimate: mean, interval, seeds };
}
