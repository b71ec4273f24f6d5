import type { Problem } from './problem';
import type { Row, RowCount } from './row';

/** One change of a window; its position holds after the changes before it. */
export type RowChange =
  | {
      readonly op: 'insert';
      readonly at: number;
      readonly key: readonly string[];
      readonly row: Row;
    }
  | {
      readonly op: 'update';
      readonly at: number;
      readonly key: readonly string[];
      readonly row: Row;
    }
  | {
      readonly op: 'move';
      readonly from: number;
      readonly at: number;
      readonly key: readonly string[];
    }
  | { readonly op: 'delete'; readonly at: number; readonly key: readonly string[] };

export interface Snapshot {
  readonly type: 'snapshot';
  readonly version: number;
  readonly rows: readonly Row[];
  readonly count: RowCount | null;
}

export interface Delta {
  readonly type: 'delta';
  readonly from: number;
  readonly to: number;
  readonly changes: readonly RowChange[];
  readonly count: RowCount | null;
}

export interface LiveError {
  readonly type: 'error';
  readonly problem: Problem;
}

export type LiveMessage = Snapshot | Delta | LiveError;

/** A change that points outside the rows it is applied to: the page has lost track. */
export class DeltaError extends Error {
  override readonly name = 'DeltaError';
}

/** The rows after the changes, applied in order. The rows given are not touched. */
export function applyChanges(rows: readonly Row[], changes: readonly RowChange[]): readonly Row[] {
  if (changes.length === 0) {
    return rows;
  }
  const result = [...rows];
  for (const change of changes) {
    apply(result, change);
  }
  return result;
}

function apply(rows: Row[], change: RowChange): void {
  switch (change.op) {
    case 'insert':
      within(change.at, rows.length + 1);
      rows.splice(change.at, 0, change.row);
      break;
    case 'update':
      within(change.at, rows.length);
      rows[change.at] = change.row;
      break;
    case 'delete':
      within(change.at, rows.length);
      rows.splice(change.at, 1);
      break;
    case 'move':
      within(change.from, rows.length);
      within(change.at, rows.length);
      rows.splice(change.at, 0, ...rows.splice(change.from, 1));
      break;
  }
}

function within(at: number, length: number): void {
  if (at < 0 || at >= length) {
    throw new DeltaError(`Position ${at} is outside of ${length} rows`);
  }
}
