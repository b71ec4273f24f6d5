import type { RelationSummary, SchemaOverview } from './relation';

/** The relations of one schema, as the page lists them. */
export interface RelationGroup {
  readonly schema: string;
  readonly relations: readonly RelationSummary[];
}

/**
 * The relations that match all words of the search, grouped by schema in the server's order.
 * A word may be part of the schema, the name or the label.
 */
export function groupRelations(overview: SchemaOverview, search: string): readonly RelationGroup[] {
  const words = search
    .toLocaleLowerCase()
    .split(/[\s.]+/)
    .filter((it) => it !== '');
  const bySchema = new Map<string, RelationSummary[]>(overview.schemas.map((it) => [it, []]));
  for (const relation of overview.relations) {
    if (!relation.hidden && matches(relation, words)) {
      const group = bySchema.get(relation.schema) ?? [];
      group.push(relation);
      bySchema.set(relation.schema, group);
    }
  }
  return Array.from(bySchema, ([schema, relations]) => ({
    schema,
    relations: relations.toSorted(byLabel),
  })).filter(({ relations }) => relations.length > 0);
}

function matches(relation: RelationSummary, words: readonly string[]): boolean {
  const text = `${relation.schema}.${relation.name} ${relation.label}`.toLocaleLowerCase();
  return words.every((it) => text.includes(it));
}

function byLabel(a: RelationSummary, b: RelationSummary): number {
  return a.label.localeCompare(b.label, undefined, { numeric: true });
}
