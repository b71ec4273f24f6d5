import { HEADER_ROW } from './grid-model';
import type { GridFocus } from './grid-model';

/** The row an event happened in, be it beside its cells. */
export function rowOf(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return row === null ? undefined : Number(row.dataset['row']);
}

/** The cell an event happened in. */
export function placeOf(target: EventTarget | null): GridFocus | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null;
  if (cell === null) {
    return undefined;
  }
  const row = cell.closest<HTMLElement>('[data-row]')?.dataset['row'];
  return {
    row: row === undefined ? HEADER_ROW : Number(row),
    column: Number(cell.dataset['column']),
  };
}

/** Whether an event happened in something inside a cell that has a use of its own. */
export function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, input, select, textarea') !== null;
}

/** Whether the user has just selected text, so that the click is no order to open anything. */
export function isTextSelected(): boolean {
  return (document.getSelection()?.toString() ?? '') !== '';
}
