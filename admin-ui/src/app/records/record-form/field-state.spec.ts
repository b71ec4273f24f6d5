import { column, relationDetail } from '../../testing';
import { formFields } from './field-state';

const DETAIL = relationDetail({
  columns: [
    column('id', { identity: 'always', insertable: false, updatable: false }),
    column('total', { generated: true, insertable: false, updatable: false }),
    column('company_id'),
    column('secret', { updatable: false }),
    column('first', { presentation: { ...column('').presentation, order: 0 } }),
  ],
  foreignKeys: [
    {
      name: 'fk',
      columns: ['company_id'],
      references: { schema: 'company', relation: 'company', columns: ['id'] },
    },
  ],
});

describe('formFields', () => {
  it('locks what the database fills in and what may not be changed, and says why', () => {
    const locks = formFields(DETAIL, 'edit', false).map((it) => [it.column.name, it.locked]);
    expect(Object.fromEntries(locks)).toEqual({
      first: null,
      id: 'Numbered by the database',
      total: 'Computed by the database',
      company_id: null,
      secret: 'Not yours to change',
    });
  });

  it('asks a new row only for what can be given', () => {
    const names = formFields(DETAIL, 'create', false).map((it) => it.column.name);
    expect(names).toEqual(['first', 'company_id', 'secret']);
  });

  it('locks everything in a page that may only show', () => {
    expect(formFields(DETAIL, 'edit', true).every((it) => it.locked !== null)).toBe(true);
  });

  it('knows which column points to another relation', () => {
    const [, , , field] = formFields(DETAIL, 'edit', false);
    expect(field?.foreignKey?.references.relation).toBe('company');
  });
});
