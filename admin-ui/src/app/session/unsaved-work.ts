import { computed, DOCUMENT, inject, Service, signal } from '@angular/core';

/** Which parts of the page hold input that is not saved; the browser asks before it is lost. */
@Service()
export class UnsavedWork {
  private readonly holders = signal<ReadonlySet<symbol>>(new Set());

  /** Whether leaving the page would lose input. */
  readonly exists = computed(() => this.holders().size > 0);

  constructor() {
    inject(DOCUMENT).defaultView?.addEventListener('beforeunload', (event) => {
      if (this.exists()) {
        event.preventDefault();
      }
    });
  }

  /** Says whether the holder has unsaved input now. */
  set(holder: symbol, unsaved: boolean): void {
    if (this.holders().has(holder) !== unsaved) {
      const holders = new Set(this.holders());
      if (unsaved) {
        holders.add(holder);
      } else {
        holders.delete(holder);
      }
      this.holders.set(holders);
    }
  }
}
