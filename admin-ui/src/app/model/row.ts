import { isJsonArray, jsonObject, writeJson } from './lossless-json';
import type { JsonObject, JsonValue } from './lossless-json';

/** A value of a row as PostgreSQL's JSON has it; numbers are `NumberText`. */
export type Cell = JsonValue;

/** A row by column name; without a prototype, so any column name is safe. */
export type Row = JsonObject;

/** The member that `row-version` adds to each row. */
export const VERSION = '_version';

/** How many rows match, and whether that is counted or estimated. */
export interface RowCount {
  readonly value: number;
  readonly exact: boolean;
}

/** Some rows, as one answer of the server brings them. */
export interface RowPage {
  readonly rows: readonly Row[];
  /** Null where no count was asked for. */
  readonly count: RowCount | null;
}

/** A row together with the version it was read in. */
export interface VersionedRow {
  readonly row: Row;
  readonly version: string;
}

/** Takes the version out of a row that came with one. What has none is never written over. */
export function versioned(row: Row): VersionedRow {
  const version = row[VERSION];
  if (typeof version !== 'string') {
    throw new SyntaxError('The row came without its version');
  }
  return {
    row: jsonObject(Object.entries(row).filter(([name]) => name !== VERSION)),
    version,
  };
}

/** The value as text, as a filter or a key writes it; null stays null. */
export function cellText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) {
    return null;
  }
  return typeof cell === 'string' ? cell : cellSource(cell);
}

/** The components of a row's key, in the order of the key's columns; null where one is NULL. */
export function keyOf(row: Row, primaryKey: readonly string[]): readonly string[] | null {
  const key: string[] = [];
  for (const column of primaryKey) {
    const component = cellText(row[column]);
    if (component === null) {
      return null;
    }
    key.push(component);
  }
  return key.length > 0 ? key : null;
}

/** A key for people to read; an empty component is written as a literal. */
export function keyText(key: readonly string[]): string {
  return key.map((it) => (it === '' ? "''" : it)).join(', ');
}

function cellSource(cell: Exclude<Cell, null | string>): string {
  if (isJsonArray(cell)) {
    return `{${cell.map(arrayElement).join(',')}}`;
  }
  return writeJson(cell);
}

/** An element of an array as PostgreSQL's array literal writes it. */
function arrayElement(element: JsonValue): string {
  if (isJsonArray(element)) {
    return cellSource(element);
  }
  const text = cellText(element);
  return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
