/** A column as the grid lays it out. */
export interface GridColumn {
  readonly key: string;
  readonly label: string;
  readonly width: number;
  readonly align: 'start' | 'end';
  readonly sortable: boolean;
  /** Said on hover of the header. */
  readonly hint?: string;
}

/** One term of the order, the most significant first. */
export interface GridSort {
  readonly key: string;
  readonly descending: boolean;
}

/** A row as it is shown now, with the marks of what happened to it a moment ago. */
export interface GridRow<T> {
  /** Identifies the row among all rows of the same rows object. */
  readonly key: string;
  readonly value: T;
  readonly fate?: 'inserted' | 'deleted';
  /** Changed columns, each with a number that grows with every change of the cell. */
  readonly changed?: ReadonlyMap<string, number>;
}

/** The generation of rows before the first have arrived. */
export const NOTHING_YET = 0;

/** The rows of a cursor of any length, of which some are at hand. */
export interface GridRows<T> {
  /** Another value means other rows altogether: another filter, another order. */
  readonly generation: number;
  readonly length: number;
  /** Whether `length` is the true number of rows rather than an estimate. */
  readonly exact: boolean;
  at: (index: number) => GridRow<T> | undefined;
  /** The position of a row that is at hand, else -1. */
  indexOf: (key: string) => number;
}

/** Positions from `start` up to, not including, `end`. */
export interface GridRange {
  readonly start: number;
  readonly end: number;
}

/** The cell that has the keyboard; row -1 is the header. */
export interface GridFocus {
  readonly row: number;
  readonly column: number;
}

export const HEADER_ROW = -1;
export const NARROWEST_COLUMN = 48;
export const WIDEST_COLUMN = 1200;

/** The width within what a column may have. */
export function boundedWidth(width: number): number {
  return Math.round(Math.min(WIDEST_COLUMN, Math.max(NARROWEST_COLUMN, width)));
}
