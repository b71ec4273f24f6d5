import { jsonObject, NumberText } from '../../model';
import type { Row } from '../../model';
import { placeFor } from './live-place';
import { RowCache } from './row-cache';

const row = (id: string, name = id): Row =>
  jsonObject([
    ['id', id],
    ['name', name],
  ]);
const rows = (ids: string): readonly Row[] => Array.from(ids, (id) => row(id));
const cacheOf = (ids = ''): RowCache => {
  const cache = new RowCache((it) => it['id'] as string, 1);
  cache.putWindow({ offset: 0, limit: 4 }, rows(ids), false);
  return cache;
};
const shown = (cache: RowCache, length: number): string => {
  const view = cache.view(length, true);
  return Array.from({ length: view.length }, (_, index) => {
    const at = view.at(index);
    const fate = at?.fate === 'inserted' ? '+' : at?.fate === 'deleted' ? '-' : '';
    return at === undefined ? '.' : fate + (at.value['id'] as string);
  }).join('');
};
const window = { offset: 0, limit: 4 };

describe('RowCache', () => {
  it('has rows from pages and leaves gaps', () => {
    const cache = cacheOf();
    cache.putPage(2, rows('cd'), 2);
    expect(shown(cache, 5)).toBe('..cd.');
    expect(cache.end).toBe(4);
  });

  it('marks what is inserted, and moves the rows behind the window', () => {
    const cache = cacheOf('abcd');
    cache.putPage(4, rows('ef'), 4);
    cache.putWindow(window, rows('axbc'), true);
    expect(shown(cache, 7)).toBe('a+xbcdef');
    cache.unmark(cache.now);
    expect(shown(cache, 7)).toBe('axbcdef');
  });

  it('keeps deleted rows a moment, struck through', () => {
    const cache = cacheOf('abcd');
    cache.putPage(4, rows('ef'), 4);
    cache.putWindow(window, rows('acde'), true);
    expect(shown(cache, 5)).toBe('a-bcdef');
    const view = cache.view(5, true);
    expect([view.indexOf('c'), view.indexOf('f'), view.length]).toEqual([2, 5, 6]);
    cache.dropGhosts(cache.now);
    expect(shown(cache, 5)).toBe('acdef');
  });

  it('keeps deleted rows beside their neighbours when others come at the same time', () => {
    const cache = cacheOf('abc');
    cache.putWindow(window, rows('xac'), true);
    expect(shown(cache, 3)).toBe('+xa-bc');
  });

  it('keeps deleted rows in order, at the end too', () => {
    const cache = cacheOf('abcd');
    cache.putWindow(window, rows('a'), true);
    expect(shown(cache, 1)).toBe('a-b-c-d');
  });

  it('marks changed cells and forgets only marks that are old', () => {
    const cache = cacheOf('ab');
    cache.putWindow(window, [row('a', 'A'), row('b')], true);
    const { now } = cache;
    cache.putWindow(window, [row('a', 'AA'), row('b', 'B')], true);
    cache.unmark(now);
    const view = cache.view(2, true);
    expect(view.at(0)?.changed?.get('name')).toBe(2);
    expect(view.at(1)?.changed?.get('name')).toBe(1);
  });

  it('gives an unchanged row out as the same object', () => {
    const cache = cacheOf('ab');
    const before = cache.view(2, true).at(1);
    cache.putPage(5, rows('z'), 1);
    expect(cache.view(2, true).at(1)).toBe(before);
  });

  it('does not take a moved window for insertions and deletions', () => {
    const cache = cacheOf('abcd');
    cache.putWindow({ offset: 2, limit: 4 }, rows('cdef'), false);
    expect(shown(cache, 6)).toBe('abcdef');
  });

  it('shows each row once, where it was seen last', () => {
    const cache = cacheOf('abcd');
    cache.putPage(4, rows('de'), 2);
    expect(shown(cache, 6)).toBe('abc.de');
  });

  it('ends where a page is not full', () => {
    const cache = cacheOf('abcd');
    cache.putPage(4, rows('ef'), 4);
    cache.putWindow(window, rows('ab'), true);
    expect(cache.end).toBe(2);
  });

  it('knows rows without a key by their place', () => {
    const cache = new RowCache(() => null, 1);
    cache.putPage(0, [jsonObject([['n', new NumberText('1')]]), jsonObject([])], 2);
    expect(cache.view(2, true).at(1)?.key).toBe('#1');
  });
});

describe('placeFor', () => {
  it('covers the range with a margin, on even steps', () => {
    expect(placeFor({ start: 0, end: 30 })).toEqual({ offset: 0, limit: 100 });
    expect(placeFor({ start: 1234, end: 1264 })).toEqual({ offset: 1200, limit: 100 });
    const { offset, limit } = placeFor({ start: 1240, end: 1400 });
    expect(offset).toBeLessThanOrEqual(1215);
    expect(offset + limit).toBeGreaterThanOrEqual(1425);
  });
});
