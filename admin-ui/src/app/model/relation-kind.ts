import type { RelationKind } from './relation';

/** What a kind of relation is called. */
export const RELATION_KIND_NAMES: Readonly<Record<RelationKind, string>> = {
  table: 'Table',
  'partitioned-table': 'Partitioned table',
  view: 'View',
  'materialized-view': 'Materialized view',
  'foreign-table': 'Foreign table',
};
