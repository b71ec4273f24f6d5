import { cellText, keyText, quoted, quotedName } from '../../model';
import type { Column, QueryParameters, RelationDetail, Row } from '../../model';
import { likePattern } from '../query/postgrest-text';

const NAME = /^(?:full_?)?(?:name|title|label|display_?name|subject|summary|code|email)$/i;
const NAME_PART = /(?:name|title|label|subject|email)$/i;
const PLACEHOLDER = /\{([^{}]+)\}/g;

/** The columns that say in words which row one is. */
export function labelColumns(detail: RelationDetail): readonly string[] {
  const display = detail.display;
  if (display !== null) {
    const names = Array.from(display.matchAll(PLACEHOLDER), (match) => match[1] ?? '');
    return names.filter((name) => detail.columns.some((column) => column.name === name));
  }
  const texts = detail.columns.filter((column) => column.kind === 'text' && !column.array);
  const best =
    texts.find(({ name }) => NAME.test(name)) ??
    texts.find(({ name }) => NAME_PART.test(name)) ??
    texts[0];
  return best === undefined ? [] : [best.name];
}

/** A row in words: by the relation's template, else by its label columns, else by its key. */
export function rowTitle(
  detail: RelationDetail,
  row: Row,
  labels: readonly string[] = labelColumns(detail),
): string {
  const { display } = detail;
  const words =
    display === null
      ? labels.map((name) => cellText(row[name]) ?? '').join(' ')
      : display.replace(PLACEHOLDER, (_, name: string) => cellText(row[name]) ?? '');
  return words.trim() || keyText(detail.primaryKey.map((name) => cellText(row[name]) ?? ''));
}

/** The query for rows whose label contains the term or whose key is the term. */
export function referenceQuery(
  detail: RelationDetail,
  target: string,
  term: string,
  limit: number,
): QueryParameters {
  const labels = labelColumns(detail);
  const names = [...new Set([target, ...detail.primaryKey, ...labels])];
  const order = labels[0] ?? target;
  const conditions = conditionsOf(detail, target, labels, term.trim());
  return [
    ['select', names.map(quotedName).join(',')],
    ...(conditions.length === 0 ? [] : [['or', `(${conditions.join(',')})`] as const]),
    ['order', [order, target].map(quotedName).join(',')],
    ['limit', String(limit)],
  ];
}

function conditionsOf(
  detail: RelationDetail,
  target: string,
  labels: readonly string[],
  term: string,
): readonly string[] {
  if (term === '') {
    return [];
  }
  const byKey = detail.columns.find((column) => column.name === target);
  const textual = labels.filter(
    (name) => detail.columns.find((column) => column.name === name)?.kind === 'text',
  );
  return [
    ...textual.map((name) => `${quotedName(name)}.ilike.${quoted(likePattern(term, 'contains'))}`),
    ...(byKey !== undefined && canEqual(byKey, term)
      ? [`${quotedName(target)}.eq.${quoted(term)}`]
      : []),
  ];
}

/** Whether comparing with the term is no error; an `or` fails as a whole when one part does. */
function canEqual({ kind }: Column, term: string): boolean {
  switch (kind) {
    case 'text':
      return true;
    case 'integer':
      return /^-?\d{1,9}$/.test(term);
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(term);
    case 'uuid':
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(term);
    default:
      return false;
  }
}
