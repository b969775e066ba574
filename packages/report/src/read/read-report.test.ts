import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import bumps from '../../test/studies/bumps.ts';
import hostile from '../../test/studies/hostile.ts';
import { buildStudy } from '../build/build-study.ts';
import { writeJson } from '../json.ts';
import { parseReport, readReport } from './read-report.ts';
import { reportJsonSchema, reportSchema } from './report-schema.ts';

const built = await buildStudy(bumps);
const text = writeJson(built.json);
const changed = (changes: object): string => writeJson({ ...built.json, ...changes });

describe('parseReport', () => {
  it('reads what is written, with its numbers', () => {
    expect(parseReport(text)).toEqual(built.report);
    const [claim] = built.json.claims;
    const infinite = changed({
      claims: [{ ...claim, measurement: { estimate: 'NaN', interval: ['-Infinity', 'Infinity'], seeds: 2 } }],
    });
    expect(parseReport(infinite).claims[0]?.measurement).toEqual({
      estimate: NaN,
      interval: [-Infinity, Infinity],
      seeds: 2,
    });
  });

  it.each([
    [changed({ schema: 2 }), 'x.json is a report of the newer version 2; this program reads version 1'],
    [changed({ schema: 0 }), 'x.json is a report of the other version 0; this program reads version 1'],
    [changed({ claims: [{ id: 'a' }] }), /x\.json is no whole report: .*claims\[0\]/],
    ['{"a": 1}', 'x.json is no report: it does not say its version'],
    ['[', 'x.json is no JSON'],
  ])('refuses another version, and what is no report', (json, message) => {
    expect(() => parseReport(json, 'x.json')).toThrow(message);
  });

  it('names a file that is not there', async () => {
    await expect(readReport('/nowhere/report.json')).rejects.toThrow(/^\/nowhere\/report\.json cannot be read: ENOENT/);
  });
});

describe('the schema', () => {
  it('fits reports, also of a hostile study', async () => {
    expect(reportSchema.safeParse(built.json).error).toBeUndefined();
    expect(reportSchema.safeParse((await buildStudy(hostile)).json).error).toBeUndefined();
  });

  it('is the one that is published', () => {
    const published: unknown = JSON.parse(readFileSync(new URL('../../report.schema.json', import.meta.url), 'utf8'));
    expect(published).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())));
  });
});
