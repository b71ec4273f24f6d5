import type { GridSort } from './grid-model';

/**
 * The order after a click on a header: ascending, then descending, then not at all. `adding` keeps
 * the other terms, else the column becomes the only one.
 */
export function nextSort(
  sort: readonly GridSort[],
  key: string,
  adding: boolean,
): readonly GridSort[] {
  const current = sort.find((term) => term.key === key);
  const next =
    current === undefined
      ? { key, descending: false }
      : current.descending
        ? undefined
        : { key, descending: true };
  if (!adding) {
    return next === undefined ? [] : [next];
  }
  if (current === undefined) {
    return next === undefined ? sort : [...sort, next];
  }
  return sort.flatMap((term) => (term === current ? (next ?? []) : term));
}
