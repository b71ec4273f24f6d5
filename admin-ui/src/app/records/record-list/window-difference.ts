import { sameJson } from '../../model';
import type { Row } from '../../model';

/** A row with what identifies it in a grid. */
export interface KeyedRow {
  readonly key: string;
  readonly row: Row;
}

/** What happened between two looks at the same rows. */
export interface WindowDifference {
  /** Changed columns by the row's key. */
  readonly changed: ReadonlyMap<string, readonly string[]>;
  readonly inserted: readonly string[];
  /** Deleted rows, and before which of the rows that are left they stood. */
  readonly deleted: readonly (KeyedRow & { readonly before: number })[];
}

/** Which rows a window shows of all. */
export interface WindowPlace {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Compares two states of a window. A row that only slid in or out over an edge because others came
 * or went is neither inserted nor deleted.
 */
export function windowDifference(
  before: readonly KeyedRow[],
  after: readonly KeyedRow[],
  { offset, limit }: WindowPlace,
): WindowDifference {
  const old = new Map(before.map((it) => [it.key, it.row]));
  const now = new Map(after.map((it, at) => [it.key, at]));
  const isNew = ({ key }: KeyedRow): boolean => !old.has(key);
  const isGone = ({ key }: KeyedRow): boolean => !now.has(key);
  const slidIn = slid(after, isNew, offset > 0, before.length >= limit && before.some(isGone));
  const slidOut = slid(before, isGone, offset > 0, after.length >= limit && after.some(isNew));
  const changed = new Map<string, readonly string[]>();
  for (const { key, row } of after) {
    const earlier = old.get(key);
    const columns = earlier === undefined ? [] : changedColumns(earlier, row);
    if (columns.length > 0) {
      changed.set(key, columns);
    }
  }
  return {
    changed,
    inserted: after.filter((it) => isNew(it) && !slidIn.has(it.key)).map((it) => it.key),
    deleted: before.flatMap((it, at) =>
      isGone(it) && !slidOut.has(it.key) ? { ...it, before: placeLeft(before, at, now) } : [],
    ),
  };
}

/** Where a row that is gone would stand now: before its next neighbour that is left. */
function placeLeft(
  before: readonly KeyedRow[],
  at: number,
  now: ReadonlyMap<string, number>,
): number {
  const next = before.slice(at + 1).find(({ key }) => now.has(key));
  const last = before.slice(0, at).findLast(({ key }) => now.has(key));
  return next !== undefined
    ? (now.get(next.key) ?? 0)
    : last === undefined
      ? 0
      : (now.get(last.key) ?? 0) + 1;
}

/** The columns in which two states of a row differ. */
export function changedColumns(before: Row, after: Row): readonly string[] {
  return Object.keys(after).filter(
    (name) => name in before && !sameJson(before[name], after[name]),
  );
}

/** The keys of the unbroken runs of matching rows at the edges. */
function slid(
  rows: readonly KeyedRow[],
  matches: (row: KeyedRow) => boolean,
  overStart: boolean,
  overEnd: boolean,
): ReadonlySet<string> {
  const keys = new Set<string>();
  if (overStart) {
    const stop = rows.findIndex((row) => !matches(row));
    rows.slice(0, stop < 0 ? rows.length : stop).forEach(({ key }) => keys.add(key));
  }
  if (overEnd) {
    const stop = rows.findLastIndex((row) => !matches(row));
    rows.slice(stop + 1).forEach(({ key }) => keys.add(key));
  }
  return keys;
}
