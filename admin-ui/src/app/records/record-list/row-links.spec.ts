import { TestBed } from '@angular/core/testing';
import { ReferenceLookup } from '../../fields';
import type { ForeignKey, RelationDetail, RelationName, Row } from '../../model';
import { relationDetail } from '../../testing';
import { RowLinks } from './row-links';

function key(column: string, relation: string): ForeignKey {
  return {
    name: 'owner_fkey',
    columns: [column],
    references: { schema: 'public', relation, columns: ['id'] },
  };
}

function detail(name: string, foreignKeys: readonly ForeignKey[]): RelationDetail {
  return relationDetail({ schema: 'public', name, label: name, foreignKeys });
}

describe('RowLinks', () => {
  it('tells keys of one name apart, as a view of two tables may have them', async () => {
    TestBed.configureTestingModule({
      providers: [
        RowLinks,
        {
          provide: ReferenceLookup,
          useValue: {
            relation: ({ relation }: RelationName) => Promise.resolve(detail(relation, [])),
          },
        },
      ],
    });
    const links = TestBed.inject(RowLinks);
    const view = detail('both', [key('person', 'people'), key('company', 'companies')]);
    const row: Row = { person: '1', company: '2' };
    links.use(view);
    await vi.waitFor(() => {
      expect(links.linkOf(view, 'person', row)?.path).toEqual(['/t', 'public', 'people', 'r', '1']);
    });
    expect(links.linkOf(view, 'company', row)?.path).toEqual([
      '/t',
      'public',
      'companies',
      'r',
      '2',
    ]);
  });
});
