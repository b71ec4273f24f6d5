import type { FormatName, FormatOptions } from './relation';

/** What a user chose for one column; what is absent falls back to the presentation. */
export interface ColumnSettings {
  readonly name: string;
  readonly hidden?: boolean;
  readonly width?: number;
  readonly format?: FormatName;
  readonly options?: FormatOptions;
}

/** What a user chose for a relation; the order of the columns is the order of the array. */
export interface RelationSettings {
  readonly columns: readonly ColumnSettings[];
}
