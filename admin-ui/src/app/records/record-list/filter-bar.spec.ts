import { Component, signal, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { columnLike } from '../../testing/columns';
import { FilterBar } from './filter-bar';
import type { Filter } from './grid-state';

@Component({
  imports: [FilterBar],
  template: `
    <button type="button" #origin>Filter</button>
    <oriel-filter-bar
      [columns]="columns"
      [filters]="filters()"
      (filtersChange)="filters.set($event)"
    />
  `,
})
class Host {
  readonly columns = [
    columnLike({ name: 'name' }),
    columnLike({ name: 'age', kind: 'integer', baseType: 'int4' }),
    columnLike({ name: 'mood', kind: 'enum', enumValues: ['ok', 'bad'] }),
    columnLike({ name: 'born', kind: 'date', baseType: 'date' }),
  ];
  readonly filters = signal<readonly Filter[]>([
    { column: 'name', operator: 'contains', values: ['a'] },
    { column: 'age', operator: 'gt', values: ['old'] },
  ]);
  readonly bar = viewChild.required(FilterBar);
}

describe('FilterBar', () => {
  let fixture: ComponentFixture<Host>;
  let host: Host;
  const all = (selector: string): HTMLElement[] =>
    Array.from(document.querySelectorAll<HTMLElement>(selector));
  const one = (selector: string): HTMLInputElement =>
    document.querySelector<HTMLInputElement>(selector)!;
  const fire = async (element: HTMLElement, type: string): Promise<void> => {
    element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
    await fixture.whenStable();
  };

  beforeEach(async () => {
    fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    host = fixture.componentInstance;
    await fixture.whenStable();
  });

  it('says each filter in words, and what is wrong with one at its chip', () => {
    const chips = all('.chip').map((it) =>
      it.querySelector('.say')!.textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(chips).toEqual(['Name contains a', 'Age > old Not a whole number']);
    expect(all('.wrong')).toHaveLength(1);
  });

  it('removes one filter or all', async () => {
    all('.remove')[1]!.click();
    await fixture.whenStable();
    expect(host.filters().map((it) => it.column)).toEqual(['name']);
    one('.clear').click();
    await fixture.whenStable();
    expect(host.filters()).toEqual([]);
  });

  it('edits a filter in place', async () => {
    all('.say')[1]!.click();
    await fixture.whenStable();
    const input = one('oriel-filter-editor input');
    expect(input.value).toBe('old');
    await fire(one('form'), 'submit');
    expect(one('[role=alert]').textContent).toBe('Not a whole number');
    input.value = '7';
    await fire(input, 'input');
    await fire(one('form'), 'submit');
    expect(host.filters()[1]).toEqual({ column: 'age', operator: 'gt', values: ['7'] });
    expect(all('oriel-filter-editor')).toHaveLength(0);
  });

  it('adds a filter on a column, with the operators of its kind', async () => {
    host.bar().add(one('button'), 'mood');
    await fixture.whenStable();
    const [, operator] = all('oriel-filter-editor select') as HTMLSelectElement[];
    expect(Array.from(operator!.options, (it) => it.text.trim())).toEqual([
      'is one of',
      'is none of',
      'is NULL',
      'is not NULL',
    ]);
    const choice = one('oriel-filter-editor [type=checkbox]');
    choice.checked = true;
    await fire(choice, 'change');
    await fire(one('form'), 'submit');
    expect(host.filters()[2]).toEqual({ column: 'mood', operator: 'in', values: ['ok'] });
  });

  it('asks for a period with one click, and for any other by its words', async () => {
    host.bar().add(one('button'), 'born');
    await fixture.whenStable();
    const period = all('.periods button').find((it) => it.textContent.trim() === 'Last 7 days');
    period!.click();
    await fixture.whenStable();
    expect(host.filters()[2]).toEqual({
      column: 'born',
      operator: 'within',
      values: ['last 7 days'],
    });
    all('.say')[2]!.click();
    await fixture.whenStable();
    expect(all('.periods [aria-pressed=true]').map((it) => it.textContent.trim())).toEqual([
      'Last 7 days',
    ]);
    const input = one('oriel-filter-editor input');
    input.value = 'last 3 fortnights';
    await fire(input, 'input');
    await fire(one('form'), 'submit');
    expect(one('[role=alert]').textContent).toContain('last 14 days');
    input.value = 'Before  last 30 days';
    await fire(input, 'input');
    await fire(one('form'), 'submit');
    expect(host.filters()[2]?.values).toEqual(['before last 30 days']);
    expect(all('.say')[2]!.textContent.replace(/\s+/g, ' ').trim()).toBe(
      'Born is before last 30 days',
    );
  });
});
