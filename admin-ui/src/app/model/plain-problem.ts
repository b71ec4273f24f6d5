import type { Problem } from './problem';

const LAST_QUOTED = /"([^"]+)"[^"]*$/;

/** A refused write in words for whoever typed it; PostgreSQL's own words become the details. */
export function plainProblem(problem: Problem): Problem {
  switch (problem.code) {
    case '23505':
      return { ...problem, message: 'Another row already has this value.' };
    case '23503':
      return {
        ...problem,
        message:
          problem.column === null
            ? 'Other rows still refer to this row.'
            : 'There is no row with this value to refer to.',
      };
    case '23502':
      return { ...problem, message: 'A value is required.', details: null };
    case '23514':
      return { ...problem, message: brokenRule(problem.message), details: null };
    default:
      return problem;
  }
}

/** The details of a broken rule are the whole row, which the form shows anyway. */
function brokenRule(message: string): string {
  const rule = LAST_QUOTED.exec(message)?.[1];
  return rule === undefined ? message : `The rule “${rule}” does not allow this.`;
}
