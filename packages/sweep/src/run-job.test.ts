import { describe, expect, it } from 'vitest';
import { errorRecord, runJob } from './run-job.ts';

/** Runs the code of a module that exists as a URL only. */
async function progressOf(code: string): Promise<number[]> {
  const module = `data:text/javascript,${encodeURIComponent(`export const run = (_, seed, { onProgress }) => { ${code}; return []; }`)}`;
  const heard: number[] = [];
  await runJob(
    { experiment: { module, export: 'run' }, parameters: {}, seed: 1 },
    { signal: new AbortController().signal, onProgress: (fraction) => heard.push(fraction) },
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  return heard;
}

describe('the progress of a job', () => {
  it('rises from 0 to 1, whatever the experiment says', async () => {
    const said = '[0.25, NaN, -3, 0.1, 0.5, "soon", 0.5, 7, 0.9].forEach(onProgress)';
    expect(await progressOf(said)).toEqual([0.25, 0.5, 1]);
  });

  it('ends with the job', async () => {
    expect(await progressOf('onProgress(0.5); setTimeout(() => onProgress(0.75), 1)')).toEqual([0.5]);
  });
});

describe('errorRecord', () => {
  it('says what was thrown, when it was no error', () => {
    expect(errorRecord('out of luck')).toEqual({ name: 'Error', message: 'out of luck' });
    expect(errorRecord({ code: 7 })).toEqual({ name: 'Error', message: '{ code: 7 }' });
    expect(errorRecord(undefined)).toEqual({ name: 'Error', message: 'undefined' });
  });
});
