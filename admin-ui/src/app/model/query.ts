/** Parameters of a rows request, in order; a name may come more than once. */
export type QueryParameters = readonly (readonly [name: string, value: string])[];

/** The query string of a rows request, without the question mark. */
export function writeQuery(parameters: QueryParameters): string {
  return parameters
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** What a parameter means where it is not in quotes, so that no column can be meant. */
const RESERVED = new Set([
  'select',
  'order',
  'limit',
  'offset',
  'and',
  'or',
  'not',
  'q',
  'after',
  'before',
  'columns',
  'on_conflict',
]);
const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_$]*$/u;

/** A text in quotes, so that nothing in it is special. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A name as `select`, `order` and logic trees read it: quoted where it holds anything special. */
export function quotedName(name: string): string {
  return PLAIN_NAME.test(name) ? name : quoted(name);
}

/** A column as the name of a parameter: quoted where it would mean something else, too. */
export function filterName(column: string): string {
  return RESERVED.has(column) ? quoted(column) : quotedName(column);
}

/** The parameters that hold columns to values. */
export function equalTo(
  values: readonly (readonly [column: string, value: string])[],
): QueryParameters {
  return values.map(([column, value]) => [filterName(column), `eq.${value}`] as const);
}

/** The parameters that name one row by its key. */
export function keyQuery(primaryKey: readonly string[], key: readonly string[]): QueryParameters {
  return equalTo(primaryKey.map((column, index) => [column, key[index] ?? ''] as const));
}
