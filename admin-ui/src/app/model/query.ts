/** Parameters of a rows request, in order; a name may come more than once. */
export type QueryParameters = readonly (readonly [name: string, value: string])[];

/** The query string of a rows request, without the question mark. */
export function writeQuery(parameters: QueryParameters): string {
  return parameters
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

/** The parameters that name one row by its key. */
export function keyQuery(primaryKey: readonly string[], key: readonly string[]): QueryParameters {
  return primaryKey.map((column, index) => [column, `eq.${key[index] ?? ''}`] as const);
}
