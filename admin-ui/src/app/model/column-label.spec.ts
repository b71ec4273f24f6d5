import { columnLike } from '../testing/columns';
import type { Column } from './relation';
import { columnLabel, nameBesideLabel } from './column-label';

function labelOf(name: string, label: string | null = null): string {
  return columnLabel(named(name, label));
}

function named(name: string, label: string | null = null): Column {
  const column = columnLike({ name });
  return { ...column, presentation: { ...column.presentation, label } };
}

describe('columnLabel', () => {
  it('is the configured label, whatever the name', () => {
    expect(labelOf('fiscal_year', 'Year')).toBe('Year');
  });

  it('is the name in words where nothing is configured', () => {
    expect(labelOf('company_id')).toBe('Company id');
    expect(labelOf('id')).toBe('Id');
    expect(labelOf('straße_2')).toBe('Straße 2');
  });

  it('separates words that are told apart by capitals', () => {
    expect(labelOf('createdAt')).toBe('Created at');
    expect(labelOf('HTTP_URL')).toBe('HTTP URL');
  });

  it('leaves a name alone that is not made of words', () => {
    for (const name of ['we"ird; drop', '__proto__', 'a b', '%', '🦆', '_id']) {
      expect(labelOf(name)).toBe(name);
    }
  });

  it('quotes a name that cannot be seen', () => {
    expect(labelOf(' ')).toBe('" "');
  });
});

describe('nameBesideLabel', () => {
  it('is the name where the label hides it', () => {
    expect(nameBesideLabel(named('company_id'))).toBe('company_id');
    expect(nameBesideLabel(named('fiscal_year', 'Year'))).toBe('fiscal_year');
  });

  it('is nothing where the label is the name but for its capitals', () => {
    expect(nameBesideLabel(named('name'))).toBeNull();
    expect(nameBesideLabel(named('__proto__'))).toBeNull();
  });
});
