import { InjectionToken } from '@angular/core';

/** The locale in which numbers and dates are written: the browser's. */
export const DISPLAY_LOCALE = new InjectionToken<string>('DISPLAY_LOCALE', {
  providedIn: 'root',
  factory: () => navigator.language || 'en',
});
