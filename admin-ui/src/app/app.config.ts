import { provideHttpClient, withInterceptors } from '@angular/common/http';
import type { ApplicationConfig } from '@angular/core';
import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { provideRouter, withComponentInputBinding } from '@angular/router';
import { routes } from './app.routes';
import { etagInterceptor, loginPageInterceptor, outageInterceptor } from './backend';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(
      withInterceptors([outageInterceptor, loginPageInterceptor, etagInterceptor]),
    ),
    provideRouter(routes, withComponentInputBinding()),
  ],
};
