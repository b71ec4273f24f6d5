import { writeQuery } from '../../model';
import type { QueryParameters, RelationName, Row } from '../../model';
import type { WindowPlace } from './window-difference';

/** The rows a feed is to bring. */
export interface FeedQuery {
  readonly relation: RelationName;
  /** Everything but the page. */
  readonly parameters: QueryParameters;
  /** Identifies a row; null where it has no key. */
  readonly keyOf: (row: Row) => string | null;
  /** How many rows the relation was last estimated to have. */
  readonly estimate: number | null;
}

/** The query string for some of the rows. */
export function pageQuery({ parameters }: FeedQuery, { offset, limit }: WindowPlace): string {
  const page: QueryParameters = [
    ['limit', String(limit)],
    ...(offset === 0 ? [] : [['offset', String(offset)] as const]),
  ];
  return writeQuery([...parameters, ...page]);
}

/** Which rows in which order, whatever is read of each. */
export function rowsOf({ relation, parameters }: FeedQuery): string {
  return JSON.stringify([relation, parameters.filter(([name]) => name !== 'select')]);
}

/** Whether only some of the relation's rows are asked for. */
export function hasFilters({ parameters }: FeedQuery): boolean {
  return parameters.some(([name]) => name !== 'select' && name !== 'order');
}
