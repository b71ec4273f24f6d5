import { HttpErrorResponse } from '@angular/common/http';
import type { HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { ServerAddress } from '../backend';
import type { SessionInfo } from '../model';
import { Session } from './session';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Marks requests as the page's own, so that hosts answer 401 instead of a redirect, sends the CSRF
 * token with those that write, and notices when the session is over. A write that is refused is
 * tried once more if the token has changed since, because hosts rotate it at login.
 */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  if (!inject(ServerAddress).isApi(request.url)) {
    return next(request);
  }
  const session = inject(Session);
  const used = session.info();
  return next(marked(request, used)).pipe(
    catchError((error: unknown) => {
      const status = error instanceof HttpErrorResponse ? error.status : undefined;
      if (status === 401) {
        session.expire();
      } else if (status === 403 && !SAFE.has(request.method)) {
        return from(session.refresh()).pipe(
          switchMap(() =>
            session.info()?.csrf?.token === used?.csrf?.token
              ? throwError(() => error)
              : next(marked(request, session.info())),
          ),
        );
      }
      return throwError(() => error);
    }),
  );
};

function marked<T>(request: HttpRequest<T>, session: SessionInfo | undefined): HttpRequest<T> {
  const headers: Record<string, string> = { 'X-Requested-With': 'XMLHttpRequest' };
  const csrf = session?.csrf;
  if (csrf && !SAFE.has(request.method)) {
    headers[csrf.header] = csrf.token;
  }
  return request.clone({ setHeaders: headers });
}
