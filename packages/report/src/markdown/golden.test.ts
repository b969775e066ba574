import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import small from '../../test/studies/small.ts';
import { buildStudy } from '../build/build-study.ts';
import { drawPictures } from '../static-figure/picture.ts';
import { renderMarkdown } from './page.ts';

describe('renderMarkdown', () => {
  it('writes a study with one of everything letter by letter as on another day', async () => {
    const { report } = await buildStudy(small);
    // What depends on the day, the machine and the versions.
    const provenance = {
      ...report.provenance,
      date: '2025-01-02T03:04:05.000Z',
      seconds: 1.5,
      versions: { '@relu-lab/report': '1.2.3' },
      node: 'v20.0.0',
      platform: 'linux x64',
      processor: 'Some | processor',
      kernels: 'wasm simd',
      git: { commit: '0123456789abcdef0123456789abcdef01234567', dirty: true },
      inputs: { 'small.ts': '0'.repeat(64) },
    };
    const { pictures } = await drawPictures(report);
    await expect(renderMarkdown({ ...report, provenance }, pictures)).toMatchFileSnapshot(
      fileURLToPath(new URL('../../test/golden/report.md', import.meta.url)),
    );
  });
});
