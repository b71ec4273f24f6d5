import type { Column, RelationDetail } from '../model';

/** A column; a nullable text unless said otherwise. */
export function column(name: string, more: Partial<Column> = {}): Column {
  return {
    name,
    type: 'text',
    kind: 'text',
    baseType: 'text',
    array: false,
    nullable: true,
    default: null,
    identity: null,
    generated: false,
    comment: null,
    enumValues: null,
    maxLength: null,
    precision: null,
    scale: null,
    insertable: true,
    updatable: true,
    presentation: {
      label: null,
      format: null,
      hidden: null,
      order: null,
      width: null,
      options: {},
    },
    ...more,
  };
}

/** A table with the key `id`; everything is allowed. */
export function relationDetail(more: Partial<RelationDetail> = {}): RelationDetail {
  return {
    version: '1',
    schema: 'company',
    name: 'company',
    kind: 'table',
    label: 'Companies',
    comment: null,
    display: null,
    estimatedRows: 3,
    live: 'triggers',
    primaryKey: ['id'],
    uniqueKeys: [],
    permissions: { select: true, insert: true, update: true, delete: true },
    columns: [column('id'), column('name')],
    foreignKeys: [],
    referencedBy: [],
    ...more,
  };
}
