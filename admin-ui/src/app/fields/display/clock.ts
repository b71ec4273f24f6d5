import { DestroyRef, inject, Service, signal } from '@angular/core';

const TICK_MILLIS = 10_000;

/** The time of day as all relative dates on the page share it. */
@Service()
export class Clock {
  private readonly time = signal(Date.now());

  /** Milliseconds since 1970, a few seconds old at most. */
  readonly now = this.time.asReadonly();

  constructor() {
    const timer = setInterval(() => this.time.set(Date.now()), TICK_MILLIS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
