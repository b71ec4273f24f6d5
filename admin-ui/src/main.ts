import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { forgetSignIn } from './app/session/forget-sign-in';

forgetSignIn(window);

bootstrapApplication(App, appConfig).catch((error: unknown) => console.error(error));
