import type { GridRows } from './grid-model';
import { RowAnchor } from './row-anchor';
import type { GridSight } from './row-anchor';

const rowsOf = (keys: string, generation = 1): GridRows<string> => ({
  generation,
  length: keys.length,
  exact: true,
  at: (index) => (keys[index] === undefined ? undefined : { key: keys[index], value: keys[index] }),
  indexOf: (key) => keys.indexOf(key),
});
const top: GridSight = { offset: 0, rowHeight: 10, seen: { start: 0, end: 4 }, pointer: null };

describe('RowAnchor', () => {
  it('begins with the first rows and starts anew with others', () => {
    const anchor = new RowAnchor<string>();
    expect(anchor.follow(rowsOf('', 0), top).kind).toBe('none');
    expect(anchor.follow(rowsOf('ab'), top).kind).toBe('begin');
    expect(anchor.follow(rowsOf('xy', 2), top).kind).toBe('restart');
  });

  it('lets rows slide in at the top', () => {
    const anchor = new RowAnchor<string>();
    anchor.follow(rowsOf('abcd'), top);
    expect(anchor.follow(rowsOf('xabcd'), top).kind).toBe('slide');
  });

  it('holds what is under the pointer, even at the top', () => {
    const anchor = new RowAnchor<string>();
    const sight = { ...top, pointer: 25 };
    anchor.follow(rowsOf('abcd'), sight);
    expect(anchor.follow(rowsOf('xyabcd'), sight)).toEqual({ kind: 'shift', rows: 2 });
    expect(anchor.follow(rowsOf('xyabcdz'), sight).kind).toBe('none');
  });

  it('holds what is seen once it is scrolled', () => {
    const anchor = new RowAnchor<string>();
    const sight = { ...top, offset: 20, seen: { start: 2, end: 4 } };
    anchor.follow(rowsOf('abcd'), sight);
    expect(anchor.follow(rowsOf('bcd'), sight)).toEqual({ kind: 'shift', rows: -1 });
  });
});
