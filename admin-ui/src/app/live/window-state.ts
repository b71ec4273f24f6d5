import { applyChanges } from '../model';
import type { Delta, LiveMessage, Problem, Row, RowChange, RowCount, Snapshot } from '../model';

/** A change together with the row as it was. */
export type AppliedChange = RowChange & { readonly before?: Row };

/** The rows of a window in one version. */
export interface WindowRows {
  readonly version: number;
  readonly rows: readonly Row[];
  readonly count: RowCount | null;
}

/** What some messages made of a window. */
export interface WindowStep {
  /** The rows after the messages; undefined while no snapshot has arrived. */
  readonly rows: WindowRows | undefined;
  /** Whether a snapshot replaced the rows; the changes are those after it. */
  readonly snapshot: boolean;
  readonly changes: readonly AppliedChange[];
  readonly problem: Problem | undefined;
}

/** A message was missed; the window has to be asked for again. */
export class GapError extends Error {
  override readonly name = 'GapError';
}

/**
 * Applies messages in order. Throws a `GapError` where a delta does not start at the version held,
 * and what `applyChanges` throws where one points outside of the rows.
 */
export function applyMessages(
  held: WindowRows | undefined,
  messages: readonly LiveMessage[],
): WindowStep {
  return messages.reduce<WindowStep>(applyMessage, {
    rows: held,
    snapshot: false,
    changes: [],
    problem: undefined,
  });
}

function applyMessage(step: WindowStep, message: LiveMessage): WindowStep {
  switch (message.type) {
    case 'snapshot':
      return {
        rows: replaced(step.rows, message),
        snapshot: true,
        changes: [],
        problem: undefined,
      };
    case 'delta':
      return followed(step, message);
    case 'error':
      return { ...step, problem: message.problem };
  }
}

function replaced(held: WindowRows | undefined, { version, rows, count }: Snapshot): WindowRows {
  return { version, rows, count: count ?? held?.count ?? null };
}

function followed(step: WindowStep, delta: Delta): WindowStep {
  const { rows: held } = step;
  if (held?.version !== delta.from) {
    throw new GapError(`Expected version ${held?.version ?? 'none'}, got ${delta.from}`);
  }
  const changes: AppliedChange[] = [];
  let { rows } = held;
  for (const change of delta.changes) {
    const before = change.op === 'update' || change.op === 'delete' ? rows[change.at] : undefined;
    rows = applyChanges(rows, [change]);
    changes.push(before === undefined ? change : { ...change, before });
  }
  return {
    rows: { version: delta.to, rows, count: delta.count ?? held.count },
    snapshot: step.snapshot,
    changes: [...step.changes, ...changes],
    problem: undefined,
  };
}
