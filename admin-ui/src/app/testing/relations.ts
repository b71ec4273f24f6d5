import type { Column, RelationDetail } from '../model';
import { columnLike, relationLike } from './columns';

/** A column by its name; a nullable text unless said otherwise. */
export function column(name: string, more: Partial<Column> = {}): Column {
  return columnLike({ name, type: 'text', baseType: 'text', ...more });
}

/** The table of companies, with the key `id`; everything is allowed. */
export function relationDetail(more: Partial<RelationDetail> = {}): RelationDetail {
  return relationLike({
    schema: 'company',
    name: 'company',
    label: 'Companies',
    estimatedRows: 3,
    columns: [column('id'), column('name')],
    ...more,
  });
}
