import { DOCUMENT, inject, InjectionToken } from '@angular/core';

const HIDDEN_PAUSE = 1_000;

/** Asks for one call before the next repaint; answers the function that takes the wish back. */
export type RequestFrame = (callback: () => void) => () => void;

/** Repaints, or a slow beat while nobody sees the page. Tests put their own in its place. */
export const REQUEST_FRAME = new InjectionToken<RequestFrame>('animation frames', {
  factory: () => {
    const document = inject(DOCUMENT);
    return (callback) => {
      if (document.visibilityState === 'hidden') {
        const timer = setTimeout(callback, HIDDEN_PAUSE);
        return () => {
          clearTimeout(timer);
        };
      }
      const frame = requestAnimationFrame(callback);
      return () => {
        cancelAnimationFrame(frame);
      };
    };
  },
});
