import { jsonObject, sameJson } from '../../model';
import type { Cell, JsonObject, Row } from '../../model';

/** What the user typed, by column; `undefined` stands for the column's default. */
export type Edits = ReadonlyMap<string, Cell | undefined>;

/** A column that both the user and somebody else changed. */
export interface Conflict {
  readonly column: string;
  readonly mine: Cell | undefined;
  readonly theirs: Cell;
}

/** A row being edited: the row as last known, and what the user changed in it. */
export interface Draft {
  /** Undefined for a row that does not exist yet. */
  readonly base: Row | undefined;
  readonly edits: Edits;
  /** What others changed in columns that the user had changed, until the user decides. */
  readonly conflicts: readonly Conflict[];
}

export const NEW_DRAFT: Draft = { base: undefined, edits: new Map(), conflicts: [] };

/** The value a column has in the draft; `undefined` where its default will apply. */
export function draftValue({ base, edits }: Draft, column: string): Cell | undefined {
  return edits.has(column) ? edits.get(column) : base?.[column];
}

/** Whether the user changed the column. */
export function isEdited({ edits }: Draft, column: string): boolean {
  return edits.has(column);
}

/** The draft after the user changed a column; going back to what was there is no change. */
export function edit(draft: Draft, column: string, value: Cell | undefined): Draft {
  const edits = new Map(draft.edits);
  if (sameJson(value, draft.base?.[column])) {
    edits.delete(column);
  } else {
    edits.set(column, value);
  }
  const conflicts = draft.conflicts.flatMap((it) =>
    it.column === column ? (edits.has(column) ? [{ ...it, mine: value }] : []) : [it],
  );
  return { ...draft, edits, conflicts };
}

/**
 * The draft after the row changed elsewhere. Columns the user has not touched take the new values;
 * in those both changed, the user's input stays and a conflict is noted.
 */
export function rebase(draft: Draft, row: Row): Draft {
  const { base } = draft;
  const edits = new Map(draft.edits);
  const conflicts = new Map(draft.conflicts.map((it) => [it.column, it]));
  for (const [column, mine] of draft.edits) {
    const theirs = row[column] ?? null;
    if (sameJson(mine, theirs)) {
      edits.delete(column);
      conflicts.delete(column);
    } else if (base !== undefined && !sameJson(theirs, base[column])) {
      conflicts.set(column, { column, mine, theirs });
    }
  }
  return { base: row, edits, conflicts: [...conflicts.values()] };
}

/** The draft after the user decided about a conflict. */
export function resolve(draft: Draft, column: string, keep: 'mine' | 'theirs'): Draft {
  const edits = new Map(draft.edits);
  if (keep === 'theirs') {
    edits.delete(column);
  }
  return { ...draft, edits, conflicts: draft.conflicts.filter((it) => it.column !== column) };
}

/** What has to be sent to store the draft: only what the user changed. */
export function changesOf({ edits }: Draft): JsonObject {
  return members(edits);
}

/** What has to be sent to store the draft as a new row, for the columns that may be written. */
export function wholeOf(draft: Draft, columns: readonly string[]): JsonObject {
  return members(new Map(columns.map((it) => [it, draftValue(draft, it)] as const)));
}

function members(values: Edits): JsonObject {
  return jsonObject(
    [...values].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}
