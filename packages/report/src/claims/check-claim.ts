import { ParameterError } from '@relu-lab/core';
import { choices } from '../choices.ts';
import { isNumberFormat, numberFormats } from '../number-format.ts';
import { isRecord, shown } from '../plain-value.ts';
import { profiles } from '../profile.ts';
import { isSlug } from '../study.ts';
import { verdicts } from './claim.ts';

/**
 * Checks a claim as a study makes it, whatever its types promise.
 *
 * @throws ParameterError which names the claim and what is wrong with it.
 */
export function checkClaim(claim: unknown): void {
  if (!isRecord(claim)) {
    throw new ParameterError(`A claim is { id, text, prediction, measurement, rule }, not ${shown(claim)}`);
  }
  const { id, text, prediction, measurement, rule, expected, evidence, format } = claim;
  if (!isSlug(id)) {
    throw new ParameterError(`The id of a claim is made of lower-case letters, digits and hyphens; got ${shown(id)}`);
  }
  const of = `of the claim '${String(id)}'`;
  if (typeof text !== 'string' || text.trim() === '')
    throw new ParameterError(`The claim '${String(id)}' needs a text`);
  if (prediction !== null) checkPrediction(`The prediction ${of}`, prediction);
  checkMeasurement(`The measurement ${of}`, measurement);
  if (!isRecord(rule) || typeof rule.decide !== 'function' || typeof rule.describe !== 'function') {
    throw new ParameterError(`The rule ${of} must be { describe, decide }, as greaterThan(0.5) is, not ${shown(rule)}`);
  }
  if (format !== undefined && !(typeof format === 'string' && isNumberFormat(format))) {
    throw new ParameterError(`The format ${of} is ${shown(format)}; there are ${numberFormats.join(', ')}`);
  }
  if (evidence !== undefined && typeof evidence !== 'string') {
    throw new ParameterError(`The evidence ${of} must be the id of a figure or a table, not ${shown(evidence)}`);
  }
  checkExpected(String(id), expected);
}

/**
 * Checks what was measured.
 *
 * @param name - what it is called in messages.
 * @throws ParameterError when a number is none, its interval is no pair from low to high or does not hold the estimate, or the
 *   seeds are not counted.
 */
export function checkMeasurement(name: string, measurement: unknown): void {
  if (!isRecord(measurement)) {
    throw new ParameterError(`${name} must be { estimate, interval, seeds }, not ${shown(measurement)}`);
  }
  const { estimate, interval, seeds, per, unit } = measurement;
  if (typeof estimate !== 'number') {
    throw new ParameterError(`${name} needs an estimate, a number or NaN where there is none; got ${shown(estimate)}`);
  }
  if (interval !== null) checkHeld(name, estimate, checkInterval(name, interval));
  if (typeof seeds !== 'number' || !Number.isInteger(seeds) || seeds < 0) {
    throw new ParameterError(`${name} must count its seeds: a whole number from 0, not ${shown(seeds)}`);
  }
  if (per !== undefined && per !== 'seed' && per !== 'round') {
    throw new ParameterError(`${name} counts by 'seed' or by 'round', not ${shown(per)}`);
  }
  if (unit !== undefined && typeof unit !== 'string') {
    throw new ParameterError(`${name} has a unit that is no text but ${shown(unit)}`);
  }
}

/**
 * Checks what a rule decided; rules may be a study's own.
 *
 * @throws ParameterError when the verdict is none of the four, or reason, condition or description is no text.
 */
export function checkDecision(id: string, decision: unknown, description: unknown): void {
  const rule = `The rule of the claim '${id}'`;
  if (!isRecord(decision)) {
    throw new ParameterError(`${rule} must decide { verdict, reason }, not ${shown(decision)}`);
  }
  const { verdict, reason, condition } = decision;
  if (!verdicts.some((known) => known === verdict)) {
    throw new ParameterError(
      `${rule} decides ${shown(verdict)}, which is no verdict${choices(String(verdict), verdicts)}`,
    );
  }
  if (typeof reason !== 'string')
    throw new ParameterError(`${rule} must give its reason in words, not ${shown(reason)}`);
  if (verdict === 'only-if' && (typeof condition !== 'string' || condition.trim() === '')) {
    throw new ParameterError(`${rule} decides 'only-if' and must give the condition in words, not ${shown(condition)}`);
  }
  if (typeof description !== 'string') {
    throw new ParameterError(`${rule} must describe itself in words, not ${shown(description)}`);
  }
}

function checkPrediction(name: string, prediction: unknown): void {
  if (!isRecord(prediction)) {
    throw new ParameterError(`${name} must be { value }, or null where there is none, not ${shown(prediction)}`);
  }
  const { value, interval, source } = prediction;
  if (typeof value !== 'number') throw new ParameterError(`${name} needs a value, a number; got ${shown(value)}`);
  if (interval !== undefined) checkInterval(name, interval);
  if (source !== undefined && typeof source !== 'string') {
    throw new ParameterError(`${name} has a source that is no text but ${shown(source)}`);
  }
}

function checkInterval(name: string, interval: unknown): readonly [number, number] {
  const ends: readonly unknown[] = Array.isArray(interval) ? interval : [];
  const [low, high] = ends;
  if (ends.length !== 2 || typeof low !== 'number' || typeof high !== 'number') {
    throw new ParameterError(`${name} has an interval that is not [low, high] in numbers but ${shown(interval)}`);
  }
  if (low > high) {
    throw new ParameterError(`${name} has an interval from ${low} to ${high}: the lower end comes first`);
  }
  return [low, high];
}

/** How far an estimate may lie outside its interval, as a share of the largest of the three: what rounding does. */
const rounding = 1e-9;

function checkHeld(name: string, estimate: number, [low, high]: readonly [number, number]): void {
  const slack = rounding * Math.max(...[estimate, low, high].filter(Number.isFinite).map(Math.abs), 0);
  if (!(estimate < low - slack || estimate > high + slack)) return;
  throw new ParameterError(`${name} has the estimate ${estimate}, which lies outside its interval, ${low} to ${high}`);
}

function checkExpected(id: string, expected: unknown): void {
  if (expected === undefined || expected === null) return;
  const byProfile = typeof expected === 'string' ? { full: expected } : expected;
  if (!isRecord(byProfile)) {
    throw new ParameterError(`The claim '${id}' expects ${shown(expected)}: a verdict, or one for each profile`);
  }
  for (const [profile, verdict] of Object.entries(byProfile)) {
    if (!profiles.some((known) => known === profile)) {
      throw new ParameterError(
        `The claim '${id}' expects something of the profile '${profile}'${choices(profile, profiles)}`,
      );
    }
    if (verdict === undefined || verdicts.some((known) => known === verdict)) continue;
    throw new ParameterError(
      `The claim '${id}' expects ${shown(verdict)}, which is no verdict${choices(String(verdict), verdicts)}`,
    );
  }
}
