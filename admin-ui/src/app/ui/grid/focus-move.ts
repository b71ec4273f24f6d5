import { HEADER_ROW, type GridFocus } from './grid-model';

/** How far the focus can go. */
export interface FocusBounds {
  readonly rows: number;
  readonly columns: number;
  /** Rows that one page holds. */
  readonly page: number;
}

/** Where a key moves the focus; undefined when the key does not move it. */
export function moveFocus(
  { row, column }: GridFocus,
  key: string,
  control: boolean,
  bounds: FocusBounds,
): GridFocus | undefined {
  const target = targetOf({ row, column }, key, control, bounds);
  return (
    target && {
      row: Math.max(HEADER_ROW, Math.min(bounds.rows - 1, target.row)),
      column: Math.max(0, Math.min(bounds.columns - 1, target.column)),
    }
  );
}

function targetOf(
  { row, column }: GridFocus,
  key: string,
  control: boolean,
  { rows, columns, page }: FocusBounds,
): GridFocus | undefined {
  switch (key) {
    case 'ArrowUp':
      return { row: control ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: control ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: control ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: control ? columns - 1 : column + 1 };
    case 'PageUp':
      return { row: Math.max(row < 0 ? HEADER_ROW : 0, row - page), column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: control ? 0 : row, column: 0 };
    case 'End':
      return { row: control ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}
