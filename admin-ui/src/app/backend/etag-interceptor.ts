import { HttpErrorResponse, HttpResponse } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { catchError, of, tap, throwError } from 'rxjs';
import { apiPath, ServerAddress } from './address';

/** Answers kept with their ETag, because hosts commonly forbid the browser to keep them. */
@Service()
class KeptAnswers {
  private readonly answers = new Map<string, HttpResponse<unknown>>();

  get(url: string): HttpResponse<unknown> | undefined {
    return this.answers.get(url);
  }

  keep(url: string, answer: HttpResponse<unknown>): void {
    if (answer.headers.has('ETag')) {
      this.answers.set(url, answer);
    }
  }
}

/** Asks for the schema only if it changed since it was last asked for. */
export const etagInterceptor: HttpInterceptorFn = (request, next) => {
  const url = request.urlWithParams;
  if (request.method !== 'GET' || !url.startsWith(inject(ServerAddress).url(apiPath('schema')))) {
    return next(request);
  }
  const answers = inject(KeptAnswers);
  const kept = answers.get(url);
  const etag = kept?.headers.get('ETag');
  const conditional =
    etag === null || etag === undefined
      ? request
      : request.clone({ setHeaders: { 'If-None-Match': etag } });
  return next(conditional).pipe(
    tap((event) => {
      if (event instanceof HttpResponse) {
        answers.keep(url, event);
      }
    }),
    catchError((error: unknown) =>
      error instanceof HttpErrorResponse && error.status === 304 && kept !== undefined
        ? of(kept)
        : throwError(() => error),
    ),
  );
};
