import { isJsonObject, parseJson } from './lossless-json';
import type { JsonObject, JsonValue } from './lossless-json';
import { readViolation } from './violation';
import type { Violation } from './violation';

/** A refused request, in PostgREST's members. */
export interface Problem {
  /** The HTTP status; 0 where no answer came at all. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: string | null;
  readonly hint: string | null;
  /** The column the problem is about, where that is known. */
  readonly column: string | null;
  /** What else is known of a write that was refused. */
  readonly violation?: Violation;
  /** With 412: the row as it is now, null where it is gone. */
  readonly current?: JsonObject | null;
}

export const UNREACHABLE = 'ORIEL_UNREACHABLE';
export const SIGNED_OUT = 'ORIEL_SIGNED_OUT';

/** Reads a problem out of the body of a refused request. */
export function readProblem(status: number, body: string | null): Problem {
  const members = parseMembers(body);
  const text = (name: string): string | null => {
    const value = members[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const current = members['current'];
  const violation = readViolation(members);
  return {
    status,
    code: text('code') ?? `HTTP_${status}`,
    message: text('message') ?? messageOf(status),
    details: text('details'),
    hint: text('hint'),
    column: text('column'),
    ...(violation === null ? {} : { violation }),
    ...(current === null || isJsonObject(current) ? { current } : {}),
  };
}

/** Whether a problem is about a column, alone or with others. */
export function isAbout({ column, violation }: Problem, name: string): boolean {
  return column === name || violation?.columns.includes(name) === true;
}

/** A problem the page itself found. */
export function pageProblem(code: string, status: number, message: string): Problem {
  return { status, code, message, details: null, hint: null, column: null };
}

/** Whether a problem may pass by itself: the database or the server is away. */
export function isOutage(problem: Problem): boolean {
  return (
    problem.status === 0 ||
    problem.status === 502 ||
    problem.status === 503 ||
    (problem.status === 504 && problem.code.startsWith('HTTP_'))
  );
}

function parseMembers(body: string | null): JsonObject {
  const empty: JsonObject = {};
  if (body === null) {
    return empty;
  }
  try {
    const value: JsonValue = parseJson(body);
    return isJsonObject(value) ? value : empty;
  } catch {
    return empty; // a proxy's own page, or nothing
  }
}

function messageOf(status: number): string {
  switch (status) {
    case 0:
      return 'The server does not answer.';
    case 401:
      return 'You are signed out.';
    case 403:
      return 'You are not allowed to do this.';
    case 404:
      return 'There is nothing here.';
    case 412:
      return 'The row changed in the meantime.';
    case 502:
    case 503:
      return 'The database does not answer.';
    case 504:
      return 'The database took too long.';
    default:
      return `The server answered with status ${status}.`;
  }
}
