import { applyChanges, DeltaError } from './delta';
import type { RowChange } from './delta';
import { jsonObject } from './lossless-json';
import { cellText } from './row';
import type { Row } from './row';

function row(id: string, value = ''): Row {
  return jsonObject([
    ['id', id],
    ['value', value],
  ]);
}

function ids(rows: readonly Row[]): string {
  return rows.map((it) => cellText(it['id'])).join('');
}

describe('applyChanges', () => {
  const rows = [row('a'), row('b'), row('c')];

  it('applies changes in order, each at the position that holds by then', () => {
    const changes: RowChange[] = [
      { op: 'insert', at: 0, key: ['x'], row: row('x') },
      { op: 'delete', at: 1, key: ['a'] },
      { op: 'move', from: 2, at: 0, key: ['c'] },
      { op: 'update', at: 1, key: ['x'], row: row('y') },
    ];
    expect(ids(applyChanges(rows, changes))).toBe('cyb');
  });

  it('moves to a place counted after the row was taken out', () => {
    expect(ids(applyChanges(rows, [{ op: 'move', from: 0, at: 2, key: ['a'] }]))).toBe('bca');
  });

  it('leaves the rows it was given alone', () => {
    applyChanges(rows, [{ op: 'delete', at: 0, key: ['a'] }]);
    expect(ids(rows)).toBe('abc');
  });

  it('answers the same rows for no changes', () => {
    expect(applyChanges(rows, [])).toBe(rows);
  });

  it.each<RowChange>([
    { op: 'insert', at: 4, key: ['x'], row: row('x') },
    { op: 'update', at: 3, key: ['x'], row: row('x') },
    { op: 'delete', at: 3, key: ['x'] },
    { op: 'delete', at: -1, key: ['x'] },
    { op: 'move', from: 3, at: 0, key: ['x'] },
    { op: 'move', from: 0, at: 3, key: ['x'] },
  ])('refuses a position outside of the rows: %j', (change) => {
    expect(() => applyChanges(rows, [change])).toThrow(DeltaError);
  });

  it('brings any list to any other, whatever way the changes take', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const next = random(seed);
      const before = randomRows(next);
      const after = randomRows(next);
      expect(applyChanges(before, difference(before, after))).toEqual(after);
    }
  });
});

/** Changes that lead from one list to another: deletes, then inserts, moves and updates in order. */
function difference(before: readonly Row[], after: readonly Row[]): RowChange[] {
  const changes: RowChange[] = [];
  const now = [...before];
  const wanted = new Set(after.map((it) => it['id']));
  for (let at = now.length - 1; at >= 0; at--) {
    if (!wanted.has(now[at]!['id'])) {
      changes.push({ op: 'delete', at, key: [cellText(now[at]!['id']) ?? ''] });
      now.splice(at, 1);
    }
  }
  after.forEach((target, at) => {
    const key = [cellText(target['id']) ?? ''];
    const from = now.findIndex((it) => it['id'] === target['id']);
    if (from < 0) {
      changes.push({ op: 'insert', at, key, row: target });
      now.splice(at, 0, target);
      return;
    }
    if (from !== at) {
      changes.push({ op: 'move', from, at, key });
      now.splice(at, 0, ...now.splice(from, 1));
    }
    if (now[at]!['value'] !== target['value']) {
      changes.push({ op: 'update', at, key, row: target });
      now[at] = target;
    }
  });
  return changes;
}

function randomRows(next: () => number): Row[] {
  const names = Array.from('abcdefghijkl').filter(() => next() < 0.6);
  return names
    .map((name) => ({ name, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ name }) => row(name, String(Math.floor(next() * 3))));
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
