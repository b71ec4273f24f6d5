import { readGridState, relatedParams, writeGridState } from './grid-state';
import type { GridState } from './grid-state';

describe('the grid state in the URL', () => {
  it('is readable', () => {
    const state: GridState = {
      filters: [
        { column: 'name', operator: 'contains', values: ['a.b,c'] },
        { column: 'year', operator: 'between', values: ['2019', '2024'] },
        { column: 'gone', operator: 'null', values: [] },
      ],
      sort: [
        { key: 'year', descending: true },
        { key: 'name', descending: false },
      ],
      search: 'blue "new york"',
    };
    const params = writeGridState(state);
    expect(params).toEqual({
      filter: ['name.contains.a.b,c', 'year.between.2019,2024', 'gone.null'],
      order: 'year.desc,name',
      q: 'blue "new york"',
    });
    expect(readGridState(params.filter, params.order, params.q)).toEqual(state);
  });

  it('survives any name and any value', () => {
    const nasty = ['a.b', 'a,b', 'a\\b', '\\', '.', ',', 'x\\.', 'desc', '"', 'ä ö', '%2C', ''];
    for (const name of nasty.filter((it) => it !== '')) {
      for (const value of nasty) {
        const state: GridState = {
          filters: [
            { column: name, operator: 'eq', values: [value] },
            { column: name, operator: 'in', values: [value, name] },
          ],
          sort: [
            { key: name, descending: true },
            { key: `${name}2`, descending: false },
          ],
          search: value,
        };
        const { filter, order, q } = writeGridState(state);
        expect(readGridState(filter, order, q)).toEqual(state);
      }
    }
  });

  it('leaves out what cannot be read', () => {
    expect(readGridState(['x', 'x.what.1', 'name.eq.1'], '', '').filters).toHaveLength(1);
    expect(readGridState(undefined, undefined, undefined)).toEqual({
      filters: [],
      sort: [],
      search: '',
    });
    expect(readGridState('name.eq.1', undefined, undefined).filters).toHaveLength(1);
  });

  it('names the rows related by values', () => {
    expect(relatedParams([['company_id', '5']])).toEqual({ filter: ['company_id.eq.5'] });
  });
});
