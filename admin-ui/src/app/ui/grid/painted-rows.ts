import type { GridRange, GridRow, GridRows } from './grid-model';
import type { ScrollGeometry } from './scroll-geometry';

/** A row to paint, or its place while it is not at hand. */
export interface PaintedRow<T> {
  readonly key: string;
  readonly index: number;
  readonly row: GridRow<T> | undefined;
  /** In pixels from the top of the element that holds the rows. */
  readonly place: number;
}

const OVERSCAN = 6;

/** The rows to paint at an offset: those seen, some around, and the one with the keyboard. */
export function paintedRows<T>(
  rows: GridRows<T>,
  geometry: ScrollGeometry,
  offset: number,
  focusedRow: number,
): readonly PaintedRow<T>[] {
  const range = geometry.visible(offset, OVERSCAN);
  return indexes(range, focusedRow, rows.length).map((index) => {
    const row = rows.at(index);
    return { key: row?.key ?? `#${index}`, index, row, place: geometry.placeOf(index, offset) };
  });
}

/** The row with the keyboard is painted wherever it is, so that the keyboard is not lost. */
function indexes({ start, end }: GridRange, focusedRow: number, length: number): readonly number[] {
  const inside = Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i);
  if (focusedRow < 0 || focusedRow >= length || (focusedRow >= start && focusedRow < end)) {
    return inside;
  }
  return focusedRow < start ? [focusedRow, ...inside] : [...inside, focusedRow];
}
