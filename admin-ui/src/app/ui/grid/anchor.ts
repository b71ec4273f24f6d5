import type { GridRange, GridRows } from './grid-model';

/**
 * By how many rows the content moves, as seen from the rows in `watched` (the most important first
 * in the range). The first of them that is still there decides; 0 when none is.
 */
export function anchorShift<T>(
  before: GridRows<T>,
  after: GridRows<T>,
  watched: GridRange,
): number {
  if (before.generation !== after.generation) {
    return 0;
  }
  for (let index = watched.start; index < watched.end; index++) {
    const row = before.at(index);
    const moved = row === undefined ? -1 : after.indexOf(row.key);
    if (moved >= 0) {
      return moved - index;
    }
  }
  return 0;
}
