import type { Column, RelationDetail } from '../model';

/** A column for a spec: nullable text unless said otherwise. */
export function columnLike(given: Partial<Column> & { name: string }): Column {
  return {
    type: given.baseType ?? given.kind ?? 'text',
    kind: 'text',
    baseType: given.kind ?? 'text',
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
    ...given,
  };
}

/** A table for a spec: keyed by `id`, with every right. */
export function relationLike(given: Partial<RelationDetail> = {}): RelationDetail {
  return {
    version: '1',
    schema: 'public',
    name: 'thing',
    kind: 'table',
    label: 'Thing',
    comment: null,
    display: null,
    estimatedRows: null,
    live: 'triggers',
    primaryKey: ['id'],
    uniqueKeys: [],
    permissions: { select: true, insert: true, update: true, delete: true },
    columns: [
      columnLike({ name: 'id', kind: 'integer', baseType: 'int8', nullable: false }),
      columnLike({ name: 'name' }),
    ],
    foreignKeys: [],
    referencedBy: [],
    limitations: [],
    ...given,
  };
}
