import { signal } from '@angular/core';
import type { GridRange } from '../../ui/grid';
import type { WindowPlace } from './window-difference';

const STEP = 50;
const MARGIN = 25;
const REST_MILLIS = 250;

/**
 * Where the live window lies: over what is seen and some more on both sides. It follows once the
 * grid has come to rest, and not as long as it still covers what is seen.
 */
export class LivePlace {
  private readonly place = signal<WindowPlace>(placeFor({ start: 0, end: 1 }));
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly current = this.place.asReadonly();

  /** Goes there at once. */
  jump(range: GridRange): void {
    this.stop();
    this.place.set(placeFor(range));
  }

  /** Goes there if the grid still rests there in a moment. */
  rest(range: GridRange): void {
    this.stop();
    const { offset, limit } = this.place();
    if (range.start < offset || range.end > offset + limit) {
      this.timer = setTimeout(() => this.place.set(placeFor(range)), REST_MILLIS);
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

/** The window over a range, on even steps so that near ranges share a window. */
export function placeFor({ start, end }: GridRange): WindowPlace {
  const offset = Math.floor(Math.max(0, start - MARGIN) / STEP) * STEP;
  const limit = Math.max(2 * STEP, Math.ceil((end + MARGIN - offset) / STEP) * STEP);
  return { offset, limit };
}
