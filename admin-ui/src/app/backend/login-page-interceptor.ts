import { HttpErrorResponse, HttpResponse } from '@angular/common/http';
import type { HttpEvent, HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { mergeMap, of, throwError } from 'rxjs';
import { ServerAddress } from './address';

/**
 * Hosts that know nothing of `X-Requested-With` answer a signed-out request by redirecting to
 * their login page, which arrives here as a success in HTML. It is turned into the 401 it means.
 */
export const loginPageInterceptor: HttpInterceptorFn = (request, next) => {
  if (!inject(ServerAddress).isApi(request.url)) {
    return next(request);
  }
  return next(request).pipe(
    mergeMap((event: HttpEvent<unknown>) =>
      event instanceof HttpResponse && isPage(event)
        ? throwError(() => new HttpErrorResponse({ status: 401, url: event.url ?? request.url }))
        : of(event),
    ),
  );
};

function isPage(response: HttpResponse<unknown>): boolean {
  return response.headers.get('Content-Type')?.includes('text/html') ?? false;
}
