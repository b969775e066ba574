import { z } from 'zod';
import { verdicts } from '../claims/claim.ts';
import { traceTypes } from '../figures/trace.ts';
import { numberFormats } from '../number-format.ts';
import { profiles } from '../profile.ts';
import { webAddress } from '../web-address.ts';

/** A number, or the word for one that JSON does not have. */
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]);
const interval = z.tuple([number, number]);
const text = z.string();
const format = z.enum(numberFormats as [string, ...string[]]).optional();
const row = z.record(text, z.union([number, text, z.boolean(), z.null()]));
const names = z.record(text, text);

const claim = z.object({
  id: text,
  text,
  prediction: z.object({ value: number, interval: interval.optional(), source: text.optional() }).nullable(),
  measurement: z.object({
    estimate: number,
    interval: interval.nullable(),
    seeds: z.int().min(0),
    per: z.enum(['seed', 'round']).optional(),
    unit: text.optional(),
  }),
  verdict: z.enum(verdicts as [string, ...string[]]),
  condition: text.optional(),
  rule: text,
  reason: text,
  expected: z.enum(verdicts as [string, ...string[]]).nullable(),
  expectedInFull: z.enum(verdicts as [string, ...string[]]).optional(),
  evidence: text.optional(),
  format,
});

const figure = z.object({
  id: text,
  number: z.int().min(1),
  caption: text,
  alt: text,
  traces: z.array(z.looseObject({ type: z.enum(traceTypes) })),
  layout: z.record(text, z.unknown()),
  rows: z.array(row),
});

const table = z.object({
  id: text,
  number: z.int().min(1),
  caption: text,
  columns: z.array(z.object({ key: text, label: text, format })),
  rows: z.array(row),
});

const sourceFile = z.object({ file: text, code: text });

/** The shape of `report.json`, version 1. Keys that it does not name are left alone. */
export const reportSchema: z.ZodType = z.looseObject({
  schema: z.literal(1),
  study: z.looseObject({ id: text, title: text, summary: text.optional(), authors: z.array(text) }),
  profile: z.enum(profiles as [string, ...string[]]),
  seed: z.int().min(0),
  parameters: z.record(text, z.unknown()),
  claims: z.array(claim),
  figures: z.array(figure),
  tables: z.array(table),
  references: z.record(
    text,
    z.object({
      title: text,
      authors: z.array(text).optional(),
      year: number.optional(),
      venue: text.optional(),
      url: text.regex(webAddress).optional(),
    }),
  ),
  prose: z.object({
    file: text,
    markdown: text,
    parts: z.array(z.object({ from: z.int(), file: text, line: z.int() })).optional(),
  }),
  source: sourceFile.extend({ imports: z.array(sourceFile).optional() }).optional(),
  problems: z.array(z.object({ place: text, message: text })),
  provenance: z.looseObject({
    date: text,
    seconds: number,
    command: text,
    versions: names,
    node: text,
    platform: text,
    processor: text,
    workers: z.int().min(1),
    kernels: text,
    git: z.object({ commit: text, dirty: z.boolean() }).nullable(),
    inputs: names.optional(),
    runs: z.object({ rows: z.int(), timings: z.int(), takenOver: z.int() }),
    clock: z.object({ claims: z.array(claim).optional(), figures: z.array(figure), tables: z.array(table) }),
  }),
});

/** The same as a JSON Schema (draft 2020-12), as it is published beside this package in `report.schema.json`. */
export function reportJsonSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
  return { ...schema, $id: 'urn:relu-lab:report:1', title: 'A report of ReLU Lab, version 1' };
}
