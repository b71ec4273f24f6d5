import type { Column, FormatName, FormatOptions } from '../../model';

/** The format a column is shown in, with its options. */
export interface CellFormat {
  readonly name: FormatName;
  readonly options: FormatOptions;
}

/** Whether the values of a column are ordered numbers, right-aligned in the grid. */
export function isNumeric(column: Pick<Column, 'kind' | 'array' | 'baseType'>): boolean {
  return (
    !column.array &&
    column.baseType !== 'money' &&
    (column.kind === 'integer' || column.kind === 'number')
  );
}
