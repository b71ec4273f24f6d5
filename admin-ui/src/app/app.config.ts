import { provideHttpClient, withInterceptors } from '@angular/common/http';
import type { ApplicationConfig } from '@angular/core';
import { provideBrowserGlobalErrorListeners } from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withRouterConfig,
} from '@angular/router';
import { routes } from './app.routes';
import { etagInterceptor, loginPageInterceptor, outageInterceptor } from './backend';
import { sessionInterceptor } from './session';
import { PageTitles } from './shell';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(
      withInterceptors([
        sessionInterceptor,
        outageInterceptor,
        loginPageInterceptor,
        etagInterceptor,
      ]),
    ),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withRouterConfig({ paramsInheritanceStrategy: 'always' }),
    ),
    PageTitles,
    { provide: TitleStrategy, useExisting: PageTitles },
  ],
};
