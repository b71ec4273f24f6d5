import { anchorShift } from './anchor';
import { columnWindow } from './column-window';
import { moveFocus } from './focus-move';
import type { GridColumn, GridRows } from './grid-model';
import { nextSort } from './next-sort';

const rowsOf = (keys: string, generation = 1): GridRows<string> => ({
  generation,
  length: keys.length,
  exact: true,
  at: (index) => (keys[index] === undefined ? undefined : { key: keys[index], value: keys[index] }),
  indexOf: (key) => keys.indexOf(key),
});

describe('anchorShift', () => {
  it('follows the first row that is still there', () => {
    expect(anchorShift(rowsOf('abcd'), rowsOf('xyabcd'), { start: 1, end: 4 })).toBe(2);
    expect(anchorShift(rowsOf('abcd'), rowsOf('acd'), { start: 1, end: 4 })).toBe(-1);
    expect(anchorShift(rowsOf('abcd'), rowsOf('abxcd'), { start: 0, end: 4 })).toBe(0);
  });

  it('starts anew with other rows', () => {
    expect(anchorShift(rowsOf('abcd'), rowsOf('xabcd', 2), { start: 0, end: 4 })).toBe(0);
    expect(anchorShift(rowsOf('ab'), rowsOf('xy'), { start: 0, end: 2 })).toBe(0);
  });
});

describe('moveFocus', () => {
  const bounds = { rows: 100, columns: 5, page: 10 };
  const from = { row: 50, column: 2 };

  it.each([
    ['ArrowUp', false, { row: 49, column: 2 }],
    ['ArrowDown', false, { row: 51, column: 2 }],
    ['PageUp', false, { row: 40, column: 2 }],
    ['PageDown', false, { row: 60, column: 2 }],
    ['Home', false, { row: 50, column: 0 }],
    ['End', false, { row: 50, column: 4 }],
    ['Home', true, { row: 0, column: 0 }],
    ['End', true, { row: 99, column: 4 }],
    ['ArrowDown', true, { row: 99, column: 2 }],
  ])('moves by %s (control %s)', (key, control, target) => {
    expect(moveFocus(from, key, control, bounds)).toEqual(target);
  });

  it('stays inside and reaches the header', () => {
    expect(moveFocus({ row: 0, column: 0 }, 'ArrowUp', false, bounds)).toEqual({
      row: -1,
      column: 0,
    });
    expect(moveFocus({ row: -1, column: 0 }, 'ArrowUp', false, bounds)?.row).toBe(-1);
    expect(moveFocus({ row: 99, column: 4 }, 'PageDown', false, bounds)).toEqual({
      row: 99,
      column: 4,
    });
    expect(moveFocus({ row: 3, column: 4 }, 'PageUp', false, bounds)?.row).toBe(0);
  });

  it('leaves other keys alone', () => {
    expect(moveFocus(from, 'a', false, bounds)).toBeUndefined();
  });
});

describe('nextSort', () => {
  it('turns from ascending to descending to none', () => {
    const ascending = nextSort([], 'a', false);
    const descending = nextSort(ascending, 'a', false);
    expect([ascending, descending, nextSort(descending, 'a', false)]).toEqual([
      [{ key: 'a', descending: false }],
      [{ key: 'a', descending: true }],
      [],
    ]);
  });

  it('adds terms and keeps their order', () => {
    const two = nextSort([{ key: 'a', descending: true }], 'b', true);
    expect(two.map((it) => it.key)).toEqual(['a', 'b']);
    expect(nextSort(two, 'a', true)).toEqual([{ key: 'b', descending: false }]);
    expect(nextSort(two, 'b', true)[1]?.descending).toBe(true);
  });
});

describe('columnWindow', () => {
  const columns = Array.from({ length: 50 }, (_, index): GridColumn => ({
    key: `c${index}`,
    label: '',
    width: 100,
    align: 'start',
    sortable: true,
  }));

  it('paints a few columns whole', () => {
    expect(columnWindow(columns.slice(0, 8), 0, 100)).toHaveLength(8);
  });

  it('paints of many columns the sticking one and those that are seen', () => {
    const painted = columnWindow(columns, 2000, 400).map((it) => it.index);
    expect(painted[0]).toBe(0);
    expect(painted.slice(1)).toEqual(Array.from({ length: 10 }, (_, index) => 17 + index));
  });
});
