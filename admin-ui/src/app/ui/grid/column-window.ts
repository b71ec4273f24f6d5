import type { GridColumn } from './grid-model';

/** A column with its place among all. */
export interface PlacedColumn {
  readonly column: GridColumn;
  readonly index: number;
}

/** Up to this many columns are painted whole; more only as far as they are seen. */
const ALWAYS_PAINTED = 8;

/** How far beyond the edges columns are painted ahead. */
const MARGIN = 240;

/** The columns to paint: the first, which sticks, and those seen between the two edges. */
export function columnWindow(
  columns: readonly GridColumn[],
  left: number,
  width: number,
  alwaysPainted = ALWAYS_PAINTED,
): readonly PlacedColumn[] {
  const placed = columns.map((column, index) => ({ column, index }));
  if (columns.length <= alwaysPainted) {
    return placed;
  }
  let start = 0;
  return placed.filter(({ column, index }) => {
    const end = start + column.width;
    const seen = end >= left - MARGIN && start <= left + width + MARGIN;
    start = end;
    return index === 0 || seen;
  });
}
