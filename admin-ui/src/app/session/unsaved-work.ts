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
    this.holders.update((it) => {
      if (it.has(holder) === unsaved) {
        return it;
      }
      const holders = new Set(it);
      return holders.delete(holder) ? holders : holders.add(holder);
    });
  }
}
