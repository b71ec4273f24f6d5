import { HttpErrorResponse } from '@angular/common/http';
import { pageProblem, readProblem, SIGNED_OUT, UNREACHABLE } from '../model';
import type { Problem } from '../model';

/** A refused request, thrown by the write calls. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** What went wrong, whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) {
    return error.problem;
  }
  if (error instanceof HttpErrorResponse) {
    return problemOfResponse(error);
  }
  if (error instanceof Error && error.cause !== undefined) {
    return problemOf(error.cause);
  }
  return pageProblem('ORIEL_PAGE', -1, error instanceof Error ? error.message : String(error));
}

function problemOfResponse(response: HttpErrorResponse): Problem {
  if (response.error instanceof ProblemError) {
    return response.error.problem;
  }
  if (response.status === 0) {
    return pageProblem(UNREACHABLE, 0, 'The server does not answer.');
  }
  if (response.status === 401) {
    return pageProblem(SIGNED_OUT, 401, 'You are signed out.');
  }
  if (response.status >= 200 && response.status < 300) {
    return pageProblem('ORIEL_UNREADABLE', response.status, 'The answer could not be read.');
  }
  return readProblem(response.status, bodyText(response.error));
}

function bodyText(body: unknown): string | null {
  if (typeof body === 'string') {
    return body;
  }
  return typeof body === 'object' && body !== null ? JSON.stringify(body) : null;
}
