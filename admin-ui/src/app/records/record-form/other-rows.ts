import { relationPath, rowPath } from '../../model';
import type { Violation } from '../../model';
import { relatedParams } from '../record-list/grid-state';
import type { RowLink } from '../record-list/row-links';

/** To the row that has the values already, or to the rows that still refer to this one. */
export function linkToOthers({ row, referencing }: Violation): RowLink | undefined {
  if (row !== null && row.key.length > 0) {
    const key = row.key.map(([, value]) => value);
    return {
      path: rowPath(row.relation, key),
      params: {},
      title: `Open the other row (${row.relation.relation} ${key.join(', ')})`,
    };
  }
  if (referencing !== null) {
    const { relation, values, count } = referencing;
    return {
      path: relationPath(relation),
      params: relatedParams(values),
      title:
        count === 1
          ? `Show the row of ${relation.relation}`
          : `Show the rows of ${relation.relation}`,
    };
  }
  return undefined;
}
