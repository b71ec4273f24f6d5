import { DestroyRef, inject, Injectable } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';
import { writeGridState } from './grid-state';
import type { GridState } from './grid-state';

const PAUSE_MILLIS = 400;

/** Keeps the state of a grid in the URL, so that back, forward, reload and a copied link work. */
@Injectable()
export class GridUrl {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  /** Goes to another state; the last one is a step back, unless the new one takes its place. */
  show(state: GridState, replaceUrl = false): void {
    clearTimeout(this.timer);
    void this.router.navigate([], {
      relativeTo: this.route,
      queryParams: writeGridState(state),
      replaceUrl,
    });
  }

  /** Notes which row is the first seen; no step of its own. */
  scrolled(row: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.router.navigate([], {
        relativeTo: this.route,
        queryParams: { at: row === 0 ? null : row },
        queryParamsHandling: 'merge',
        replaceUrl: true,
      });
    }, PAUSE_MILLIS);
  }
}
