import { parseJson } from '../../model';
import type { Row } from '../../model';
import { columnLike, relationLike } from '../../testing/columns';
import { labelColumns, referenceQuery, rowTitle } from './reference-query';

const company = relationLike({
  columns: [
    columnLike({ name: 'id', kind: 'integer', nullable: false }),
    columnLike({ name: 'tax no' }),
    columnLike({ name: 'company_name' }),
  ],
});

describe('referenceQuery', () => {
  it('asks for a few rows in the order of their labels', () => {
    expect(referenceQuery(company, 'id', '', 20)).toEqual([
      ['select', 'id,company_name'],
      ['order', 'company_name,id'],
      ['limit', '20'],
    ]);
  });

  it('searches the label, and the key where the term can be one', () => {
    const or = (term: string): string | undefined =>
      referenceQuery(company, 'id', term, 20).find(([name]) => name === 'or')?.[1];
    expect(or('a,b)"')).toBe(String.raw`(company_name.ilike."*a,b)\"*")`);
    expect(or('42')).toBe('(company_name.ilike."*42*",id.eq."42")');
    expect(or('50%')).toBe(String.raw`(company_name.ilike."*50\\%*")`);
  });
});

describe('rowTitle', () => {
  const row = parseJson('{"id": 7, "company_name": "Acme", "tax no": "X"}') as Row;

  it('uses the template of the relation', () => {
    const detail = { ...company, display: '{company_name} ({tax no})' };
    expect(rowTitle(detail, row)).toBe('Acme (X)');
    expect(labelColumns(detail)).toEqual(['company_name', 'tax no']);
  });

  it('finds a column that names the row, else takes the key', () => {
    expect(rowTitle(company, row)).toBe('Acme');
    expect(rowTitle({ ...company, columns: company.columns.slice(0, 1) }, row)).toBe('7');
  });
});
