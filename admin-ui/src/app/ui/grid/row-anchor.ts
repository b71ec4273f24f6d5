import { anchorShift } from './anchor';
import { NOTHING_YET } from './grid-model';
import type { GridRange, GridRows } from './grid-model';

/** What is seen of the rows at the moment they change. */
export interface GridSight {
  /** Pixels of rows above what is seen. */
  readonly offset: number;
  readonly rowHeight: number;
  readonly seen: GridRange;
  /** Where the pointer is, in pixels below the first row seen; null where it is elsewhere. */
  readonly pointer: number | null;
}

/** How the view follows when the rows have changed. */
export type GridFollowing =
  | { readonly kind: 'none' | 'begin' | 'restart' | 'slide' }
  | { readonly kind: 'shift'; readonly rows: number };

/**
 * Decides how the view follows its rows: what is under the pointer, or what is seen once it is
 * scrolled, stays where it is while rows come and go above it.
 */
export class RowAnchor<T> {
  private known: GridRows<T> | undefined;

  /** The rows before the last change. */
  get before(): GridRows<T> | undefined {
    return this.known;
  }

  follow(rows: GridRows<T>, sight: GridSight): GridFollowing {
    if (rows.generation === NOTHING_YET) {
      return { kind: 'none' };
    }
    const before = this.known;
    this.known = rows;
    if (before === undefined) {
      return { kind: 'begin' };
    }
    if (before.generation !== rows.generation) {
      return { kind: 'restart' };
    }
    const watched = watchedRows(sight);
    if (watched === undefined) {
      return { kind: 'slide' };
    }
    const shift = anchorShift(before, rows, watched);
    return shift === 0 ? { kind: 'none' } : { kind: 'shift', rows: shift };
  }
}

/** The rows whose place must not change, the most important first; undefined at the top. */
function watchedRows({ offset, rowHeight, seen, pointer }: GridSight): GridRange | undefined {
  if (pointer !== null && pointer > 0) {
    return { start: Math.floor((offset + pointer) / rowHeight), end: seen.end };
  }
  return offset < rowHeight / 2
    ? undefined
    : { start: Math.ceil(offset / rowHeight), end: seen.end };
}
