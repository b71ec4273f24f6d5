import { DeltaError, jsonObject, pageProblem } from '../model';
import type { Delta, Row, Snapshot } from '../model';
import { applyMessages, GapError } from './window-state';

function row(id: string): Row {
  return jsonObject([['id', id]]);
}

function snapshot(version: number, ...ids: readonly string[]): Snapshot {
  return { type: 'snapshot', version, rows: ids.map(row), count: { value: 9, exact: true } };
}

function delta(from: number, changes: Delta['changes'] = []): Delta {
  return { type: 'delta', from, to: from + 1, changes, count: null };
}

describe('applyMessages', () => {
  it('applies deltas one after the other and tells what was there before', () => {
    const step = applyMessages(undefined, [
      snapshot(3, 'a', 'b'),
      delta(3, [{ op: 'delete', at: 0, key: ['a'] }]),
      delta(4, [{ op: 'update', at: 0, key: ['b'], row: row('c') }]),
    ]);
    expect(step.rows).toEqual({ version: 5, rows: [row('c')], count: { value: 9, exact: true } });
    expect(step.snapshot).toBe(true);
    expect(step.changes.map((it) => [it.op, it.before?.['id']])).toEqual([
      ['delete', 'a'],
      ['update', 'b'],
    ]);
  });

  it('forgets changes that a snapshot overtook', () => {
    const held = applyMessages(undefined, [snapshot(1, 'a')]).rows;
    const step = applyMessages(held, [
      delta(1, [{ op: 'delete', at: 0, key: ['a'] }]),
      snapshot(7, 'z'),
    ]);
    expect(step.changes).toEqual([]);
    expect(step.rows?.rows).toEqual([row('z')]);
  });

  it('keeps the count until a new one arrives', () => {
    const held = applyMessages(undefined, [snapshot(1, 'a')]).rows;
    const counted = { ...delta(1), count: { value: 10, exact: false } };
    expect(applyMessages(held, [delta(1)]).rows?.count).toEqual({ value: 9, exact: true });
    expect(applyMessages(held, [counted]).rows?.count).toEqual({ value: 10, exact: false });
  });

  it('notices a missing message', () => {
    const held = applyMessages(undefined, [snapshot(1, 'a')]).rows;
    expect(() => applyMessages(held, [delta(2)])).toThrow(GapError);
    expect(() => applyMessages(undefined, [delta(1)])).toThrow(GapError);
  });

  it('notices a change that does not fit', () => {
    const held = applyMessages(undefined, [snapshot(1, 'a')]).rows;
    const wrong = delta(1, [{ op: 'delete', at: 5, key: ['x'] }]);
    expect(() => applyMessages(held, [wrong])).toThrow(DeltaError);
  });

  it('keeps the rows when the server reports a problem, until rows arrive again', () => {
    const held = applyMessages(undefined, [snapshot(1, 'a')]).rows;
    const problem = pageProblem('57014', 500, 'too slow');
    const step = applyMessages(held, [{ type: 'error', problem }]);
    expect(step.rows).toBe(held);
    expect(step.problem).toBe(problem);
    expect(applyMessages(held, [{ type: 'error', problem }, snapshot(2)]).problem).toBeUndefined();
  });
});
