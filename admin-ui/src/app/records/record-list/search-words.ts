import type { Column, RelationDetail } from '../../model';

const SEARCHED: readonly Column['kind'][] = ['text', 'enum', 'integer', 'number', 'uuid'];
/** What may look like the operator of a filter, as in `eq.5` or `not.in.(1)`. */
const LIKE_OPERATION = /^(not\.)?[a-z]+(\([^()]*\))?\./;

/** Whether a search can find anything in the relation. */
export function isSearchable(detail: RelationDetail): boolean {
  return detail.columns.some(({ kind, array }) => !array && SEARCHED.includes(kind));
}

/** The words so that the server reads them as a search, whatever they look like. */
export function searchText(words: string): string {
  if (!LIKE_OPERATION.test(words)) {
    return words;
  }
  const [first = ''] = /^\S+/.exec(words) ?? [];
  return `"${first.replaceAll('"', '""')}"${words.slice(first.length)}`;
}
