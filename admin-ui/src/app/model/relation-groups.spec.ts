import type { RelationSummary } from './relation';
import { groupRelations } from './relation-groups';

function relation(schema: string, name: string, more: Partial<RelationSummary> = {}) {
  return {
    schema,
    name,
    kind: 'table',
    label: name,
    icon: null,
    comment: null,
    hidden: false,
    estimatedRows: null,
    live: 'triggers',
    ...more,
  } satisfies RelationSummary;
}

const OVERVIEW = {
  version: '1',
  database: 'db',
  schemas: ['b', 'a', 'empty'],
  relations: [
    relation('a', 'table10'),
    relation('a', 'table9'),
    relation('b', 'orders', { label: 'Bestellungen' }),
    relation('a', 'secret', { hidden: true }),
  ],
};

function shown(search: string): Record<string, string[]> {
  return Object.fromEntries(
    groupRelations(OVERVIEW, search).map((it) => [it.schema, it.relations.map(({ name }) => name)]),
  );
}

describe('groupRelations', () => {
  it('keeps the order of the schemas, sorts by label and leaves out what is hidden or empty', () => {
    expect(shown('')).toEqual({ b: ['orders'], a: ['table9', 'table10'] });
    expect(groupRelations(OVERVIEW, '').map((it) => it.schema)).toEqual(['b', 'a']);
  });

  it.each(['bestell', 'ORDERS', 'b.ord', 'b bestell'])('finds orders by %s', (search) => {
    expect(shown(search)).toEqual({ b: ['orders'] });
  });

  it('finds nothing that only some of the words fit', () => {
    expect(shown('a orders')).toEqual({});
  });
});
