import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap } from 'rxjs';
import { apiPath, ServerAddress } from './address';
import { Outage } from './outage';
import { problemOf } from './problems';

/** Notices that the server or its database is away. */
export const outageInterceptor: HttpInterceptorFn = (request, next) => {
  const address = inject(ServerAddress);
  const outage = inject(Outage);
  const read = request.method === 'GET' ? request.urlWithParams : address.url(apiPath('schema'));
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        outage.report(problemOf(error), read);
      },
    }),
  );
};
