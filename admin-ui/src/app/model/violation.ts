import { isJsonArray, isJsonObject } from './lossless-json';
import type { JsonObject, JsonValue } from './lossless-json';
import type { RelationName } from './relation';
import { cellText } from './row';

type Values = readonly (readonly [column: string, value: string])[];

/** A row that has the values already. */
export interface OtherRow {
  readonly relation: RelationName;
  readonly key: Values;
}

/** Rows that still point at the row. */
export interface Referencing {
  readonly relation: RelationName;
  /** The values of the columns that point there. */
  readonly values: Values;
  /** How many there are, counted up to 1,000. */
  readonly count: number;
}

/** What is known of a write that was refused. */
export interface Violation {
  readonly columns: readonly string[];
  /** What the database demands, in its own words. */
  readonly rule: string | null;
  /** The refused value; an object where it is several. */
  readonly value: JsonValue | undefined;
  readonly row: OtherRow | null;
  readonly referencing: Referencing | null;
}

/** Reads what is known of a write out of the members of a problem; null where nothing is. */
export function readViolation(members: JsonObject): Violation | null {
  const { columns, rule, row, referencing } = members;
  if (!['columns', 'rule', 'row', 'referencing', 'value'].some((it) => it in members)) {
    return null;
  }
  return {
    columns: isJsonArray(columns) ? columns.filter((it) => typeof it === 'string') : [],
    rule: typeof rule === 'string' ? rule : null,
    value: members['value'],
    row: isJsonObject(row) ? { relation: relationOf(row), key: valuesOf(row['key']) } : null,
    referencing: isJsonObject(referencing)
      ? {
          relation: relationOf(referencing),
          values: valuesOf(referencing['values']),
          count: Number(cellText(referencing['count'])),
        }
      : null,
  };
}

function relationOf({ schema, relation }: JsonObject): RelationName {
  return { schema: cellText(schema) ?? '', relation: cellText(relation) ?? '' };
}

function valuesOf(values: JsonValue | undefined): Values {
  return isJsonObject(values)
    ? Object.entries(values).map(([column, value]) => [column, cellText(value) ?? ''] as const)
    : [];
}
