import type { HttpInterceptorFn } from '@angular/common/http';
import { HttpRequest } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap } from 'rxjs';
import { Outage } from './outage';
import { problemOf } from './problems';

/** Notices that the server or its database is away. */
export const outageInterceptor: HttpInterceptorFn = (request, next) => {
  const outage = inject(Outage);
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        outage.report(problemOf(error), readOf(request));
      },
    }),
  );
};

/** A read that needs the same of the server: the request itself, or one of the rows it writes. */
function readOf(request: HttpRequest<unknown>): HttpRequest<unknown> {
  if (request.method === 'GET') {
    return request.clone({ responseType: 'text' });
  }
  const profile = request.headers.get('Content-Profile');
  const headers = request.headers
    .delete('Content-Profile')
    .delete('Content-Type')
    .delete('If-Match')
    .delete('Prefer')
    .delete('Accept');
  return new HttpRequest('GET', request.urlWithParams, {
    headers: profile === null ? headers : headers.set('Accept-Profile', profile),
    params: request.params.set('limit', '1'),
    responseType: 'text',
  });
}
