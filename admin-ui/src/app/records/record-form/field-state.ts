import { columnLabel, nameBesideLabel } from '../../model';
import type { Column, ForeignKey, RelationDetail } from '../../model';

/** A column as the form shows it. */
export interface FormField {
  readonly column: Column;
  readonly label: string;
  /** The column's own name where the label says something else. */
  readonly name: string | null;
  /** Set where the column alone points to another relation. */
  readonly foreignKey: ForeignKey | undefined;
  readonly isKey: boolean;
  /** Why the column cannot be written; null where it can. */
  readonly locked: string | null;
}

/** The columns of a form in the order they are shown, key first as the relation declares it. */
export function formFields(
  detail: RelationDetail,
  mode: 'create' | 'edit',
  readOnly: boolean,
): readonly FormField[] {
  return detail.columns
    .filter((column) => !(mode === 'create' && isFilledIn(column)))
    .toSorted((a, b) => orderOf(a) - orderOf(b))
    .map((column) => ({
      column,
      label: columnLabel(column),
      name: nameBesideLabel(column),
      foreignKey: detail.foreignKeys.find(
        ({ columns }) => columns.length === 1 && columns[0] === column.name,
      ),
      isKey: detail.primaryKey.includes(column.name),
      locked: lockOf(column, detail, mode, readOnly),
    }));
}

function orderOf(column: Column): number {
  return column.presentation.order ?? Number.MAX_SAFE_INTEGER;
}

/** Whether PostgreSQL alone fills the column in. */
function isFilledIn(column: Column): boolean {
  return column.generated || column.identity === 'always';
}

function lockOf(
  column: Column,
  { permissions }: RelationDetail,
  mode: 'create' | 'edit',
  readOnly: boolean,
): string | null {
  if (column.generated) {
    return 'Computed by the database';
  }
  if (column.identity === 'always') {
    return 'Numbered by the database';
  }
  const allowed =
    mode === 'create'
      ? permissions.insert && column.insertable
      : permissions.update && column.updatable;
  return allowed && !readOnly ? null : 'Not yours to change';
}
