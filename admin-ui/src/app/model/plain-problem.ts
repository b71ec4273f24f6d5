import { isJsonObject } from './lossless-json';
import type { JsonValue } from './lossless-json';
import type { Problem } from './problem';
import { cellText } from './row';
import type { Violation } from './violation';

const LAST_QUOTED = /"([^"]+)"[^"]*$/;

/** A refused write in words for whoever typed it; the rule and PostgreSQL's words are the details. */
export function plainProblem(problem: Problem): Problem {
  const message = plainMessage(problem, problem.violation ?? null);
  return message === null
    ? problem
    : { ...problem, message, details: plainDetails(problem), hint: null };
}

function plainMessage(problem: Problem, violation: Violation | null): string | null {
  const value = valueText(violation?.value);
  switch (problem.code) {
    case '23505':
      return (violation?.columns.length ?? 0) > 1
        ? `Another row already has these values: ${value}.`
        : `Another row already has this value${value === '' ? '' : `: ${value}`}.`;
    case '23001':
    case '23503':
      return referenceMessage(problem, violation, value);
    case '23502':
      return 'A value is required.';
    case '23514':
      return brokenRule(problem, violation, value);
    case '23P01':
      return value === ''
        ? 'Another row stands in the way.'
        : `Another row stands in the way of ${value}.`;
    case '22001':
    case '22026':
      return violation?.rule == null ? null : `This does not have the length of ${violation.rule}.`;
    case '22003':
      return violation?.rule == null ? null : `${value} is out of the range of ${violation.rule}.`;
    default:
      return problem.code.startsWith('22') && violation?.rule != null
        ? `${value === '' ? 'This' : value} does not fit ${violation.rule}.`
        : null;
  }
}

function referenceMessage(problem: Problem, violation: Violation | null, value: string): string {
  const { referencing = null, columns = [] } = violation ?? {};
  if (referencing !== null) {
    const { count, relation } = referencing;
    return count === 1
      ? `A row of ${relation.relation} still refers to this row.`
      : `${count} rows of ${relation.relation} still refer to this row.`;
  }
  return problem.column === null && columns.length === 0
    ? 'Other rows still refer to this row.'
    : `There is no row with ${value === '' ? 'this value' : value} to refer to.`;
}

function brokenRule(problem: Problem, violation: Violation | null, value: string): string {
  if (violation?.rule != null) {
    return `${value === '' ? 'This' : value} does not meet a rule.`;
  }
  // The details of a broken rule would be the whole row, which the form shows anyway.
  const rule = LAST_QUOTED.exec(problem.message)?.[1];
  return rule === undefined ? problem.message : `The rule “${rule}” does not allow this.`;
}

function plainDetails({ code, details, violation }: Problem): string | null {
  switch (code) {
    case '23502':
      return null;
    case '23505':
    case '23503':
    case '23001':
    case '23514':
    case '23P01':
      return violation?.rule == null
        ? code === '23514'
          ? null
          : details
        : `Rule: ${violation.rule}`;
    default:
      // The message names the type already.
      return null;
  }
}

/** A value as a sentence shows it; nothing where it is not known. */
function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (isJsonObject(value)) {
    return Object.entries(value)
      .map(([column, it]) => `${column} ${quoted(it)}`)
      .join(', ');
  }
  return quoted(value);
}

function quoted(value: JsonValue): string {
  const text = cellText(value) ?? 'NULL';
  return typeof value === 'string' ? `“${text}”` : text;
}
