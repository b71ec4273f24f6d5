import type { Column, QueryParameters } from '../../model';
import { columnLike, relationLike } from '../../testing/columns';
import { filterProblem } from './filter-problem';
import { operatorsFor } from './filter-operators';
import type { Filter, FilterOperator } from './grid-state';
import { rowQuery } from './row-query';

const detail = relationLike({
  columns: [
    columnLike({ name: 'id', kind: 'integer', baseType: 'int4', nullable: false }),
    columnLike({ name: 'name' }),
    columnLike({ name: 'order' }),
    columnLike({ name: 'a.b c' }),
    columnLike({ name: 'amount', kind: 'number', baseType: 'numeric', precision: 4, scale: 2 }),
    columnLike({ name: 'on', kind: 'date' }),
    columnLike({ name: 'at', kind: 'timestamptz' }),
    columnLike({ name: 'wall', kind: 'timestamp' }),
    columnLike({ name: 'mood', kind: 'enum', enumValues: ['ok', 'so, so'] }),
    columnLike({ name: 'done', kind: 'boolean' }),
    columnLike({ name: 'data', kind: 'json' }),
  ],
});
const all = detail.columns.map((column) => column.name);
const column = (name: string): Column | undefined => detail.columns.find((it) => it.name === name);
const zone = (): number => 120;

const asked = (name: string, operator: FilterOperator, ...values: string[]): QueryParameters =>
  rowQuery(
    detail,
    { filters: [{ column: name, operator, values }], sort: [], search: '' },
    all,
    zone,
    'Europe/Berlin',
  ).filter(([parameter]) => parameter !== 'order' || name === 'order');

describe('rowQuery', () => {
  it('asks for words as they are, whatever they look like', () => {
    const state = { filters: [], sort: [], search: 'eq.5 blue' };
    expect(rowQuery(detail, state, all)).toContainEqual(['q', '"eq.5" blue']);
    expect(rowQuery(detail, { ...state, search: '' }, all).map(([name]) => name)).not.toContain(
      'q',
    );
  });

  it.each<[string, FilterOperator, string[], [string, string][]]>([
    ['name', 'contains', ['a,b(c)"'], [['name', 'ilike.*a,b(c)"*']]],
    ['name', 'contains', ['50%_\\'], [['name', String.raw`ilike.*50\%\_\\*`]]],
    ['name', 'contains', ['a*b.'], [['name', String.raw`imatch.a\*b\.`]]],
    ['name', 'starts', ['x*'], [['name', String.raw`imatch.^x\*`]]],
    ['name', 'starts', ['ab'], [['name', 'ilike.ab*']]],
    ['name', 'ends', ['ab'], [['name', 'ilike.*ab']]],
    ['name', 'lacks', ['a"b'], [['or', String.raw`(name.is.null,name.not.ilike."*a\"b*")`]]],
    ['name', 'eq', ['a,b.c'], [['name', 'eq.a,b.c']]],
    ['name', 'in', ['a,b', 'c"d', 'e\\f'], [['name', String.raw`in.("a,b","c\"d","e\\f")`]]],
    ['name', 'empty', [], [['name', 'is.empty']]],
    ['name', 'notempty', [], [['name', 'not.is.empty']]],
    ['on', 'within', ['Last  7 days'], [['on', 'within(Europe/Berlin).last 7 days']]],
    ['at', 'within', ['before today'], [['at', 'within(Europe/Berlin).before today']]],
    ['name', 'null', [], [['name', 'is.null']]],
    ['name', 'notnull', [], [['name', 'not.is.null']]],
    ['a.b c', 'eq', ['1'], [['"a.b c"', 'eq.1']]],
    [
      'amount',
      'between',
      ['1', '2.5'],
      [
        ['amount', 'gte.1'],
        ['amount', 'lte.2.5'],
      ],
    ],
    ['mood', 'in', ['so, so'], [['mood', 'in.("so, so")']]],
    ['mood', 'notin', ['ok'], [['mood', 'not.in.("ok")']]],
    ['done', 'true', [], [['done', 'is.true']]],
    ['on', 'eq', ['2026-03-31'], [['on', 'eq.2026-03-31']]],
    ['wall', 'lte', ['2026-12-31'], [['wall', 'lt.2027-01-01 00:00:00']]],
    ['wall', 'eq', ['2026-12-31 10:00'], [['wall', 'eq.2026-12-31 10:00']]],
    ['at', 'gt', ['2026-12-31 10:00'], [['at', 'gt.2026-12-31 10:00+02:00']]],
    ['at', 'gt', ['2026-12-31 10:00Z'], [['at', 'gt.2026-12-31 10:00Z']]],
    [
      'at',
      'eq',
      ['2026-02-28'],
      [
        ['at', 'gte.2026-02-28 00:00:00+02:00'],
        ['at', 'lt.2026-03-01 00:00:00+02:00'],
      ],
    ],
  ])('asks %s %s %o', (name, operator, values, parameters) => {
    expect(asked(name, operator, ...values)).toEqual(parameters);
  });

  it('tells a column from a parameter of the same name', () => {
    expect(asked('order', 'eq', 'x')[0]).toEqual(['"order"', 'eq.x']);
  });

  it('leaves out filters that cannot be asked', () => {
    expect(asked('gone', 'eq', '1')).toEqual([]);
    expect(asked('id', 'eq', 'x')).toEqual([]);
    expect(asked('data', 'eq', '{}')).toEqual([]);
  });

  it('ends every order with the key', () => {
    const order = (...sort: [string, boolean][]): string | undefined =>
      rowQuery(
        detail,
        { filters: [], sort: sort.map(([key, descending]) => ({ key, descending })), search: '' },
        all,
      ).find(([name]) => name === 'order')?.[1];
    expect(order()).toBe('id');
    expect(order(['name', true], ['a.b c', false])).toBe('name.desc,"a.b c",id');
    expect(order(['id', true])).toBe('id.desc');
    expect(order(['gone', true])).toBe('id');
  });

  it('takes a unique key without NULL where there is no primary key', () => {
    const keyless = {
      ...detail,
      primaryKey: [],
      uniqueKeys: [['name'], ['id']],
    };
    expect(rowQuery(keyless, { filters: [], sort: [], search: '' }, all)).toEqual([
      ['order', 'id'],
    ]);
  });

  it('reads what is shown, the key, and all columns of a foreign key', () => {
    const linked = {
      ...detail,
      foreignKeys: [
        {
          name: 'fk',
          columns: ['name', 'amount'],
          references: { schema: 's', relation: 'r', columns: ['a', 'b'] },
        },
      ],
    };
    expect(rowQuery(linked, { filters: [], sort: [], search: '' }, ['name', 'a.b c'])[0]).toEqual([
      'select',
      'id,name,"a.b c",amount',
    ]);
  });
});

describe('filterProblem', () => {
  const problem = (filter: Filter): string | null => filterProblem(filter, column(filter.column));

  it('finds nothing wrong with what is offered', () => {
    for (const { operator } of operatorsFor(column('name')!)) {
      expect(problem({ column: 'name', operator, values: ['a'] })).toBe(
        operator === 'between' ? 'Two values are needed' : null,
      );
    }
  });

  it('says what is wrong', () => {
    expect(problem({ column: 'gone', operator: 'eq', values: ['1'] })).toContain("'gone'");
    expect(problem({ column: 'id', operator: 'gt', values: ['abc'] })).toBe('Not a whole number');
    expect(problem({ column: 'on', operator: 'between', values: ['2026-01-01'] })).toContain('Two');
    expect(problem({ column: 'mood', operator: 'in', values: [] })).toContain('At least one');
    expect(problem({ column: 'data', operator: 'eq', values: ['{}'] })).toContain('Not possible');
  });

  it('lets a filter compare with what would not fit into the column', () => {
    expect(problem({ column: 'amount', operator: 'gt', values: ['123456.789'] })).toBeNull();
  });
});
