import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { Catalog } from '../backend';
import type { RelationSummary, SchemaOverview } from '../model';
import { Navigation } from './navigation';

function relation(schema: string, name: string): RelationSummary {
  return {
    schema,
    name,
    kind: 'table',
    label: name,
    icon: null,
    comment: null,
    hidden: false,
    estimatedRows: 1200,
    live: 'triggers',
  };
}

describe('Navigation', () => {
  let fixture: ComponentFixture<Navigation>;
  let element: HTMLElement;
  const overview = signal<SchemaOverview | undefined>(undefined);

  beforeEach(async () => {
    localStorage.clear();
    overview.set({
      version: '1',
      database: 'db',
      schemas: ['a', 'b'],
      relations: [relation('a', 'one'), relation('a', 'two'), relation('b', 'three')],
    });
    TestBed.configureTestingModule({
      providers: [provideRouter([]), { provide: Catalog, useValue: { overview } }],
    });
    fixture = TestBed.createComponent(Navigation);
    element = fixture.nativeElement as HTMLElement;
    await fixture.whenStable();
  });

  function links(): string[] {
    return Array.from(element.querySelectorAll('a'), (it) => it.getAttribute('href') ?? '');
  }

  async function search(text: string): Promise<HTMLInputElement> {
    const field = element.querySelector('input')!;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    return field;
  }

  it('links to every relation', () => {
    expect(links()).toEqual(['/t/a/one', '/t/a/two', '/t/b/three']);
  });

  it('folds a schema away and remembers it', async () => {
    const schema = element.querySelector<HTMLButtonElement>('button.schema')!;
    schema.click();
    await fixture.whenStable();
    expect(schema.getAttribute('aria-expanded')).toBe('false');
    expect(links()).toEqual(['/t/b/three']);
    expect(localStorage.getItem('oriel.collapsed')).toBe('["a"]');
  });

  it('finds what is folded away', async () => {
    element.querySelector<HTMLButtonElement>('button.schema')!.click();
    await search('one');
    expect(links()).toEqual(['/t/a/one']);
  });

  it('says when nothing fits', async () => {
    await search('nothing like that');
    expect(element.textContent).toContain('Nothing is called that');
  });

  it('opens the first match on Enter', async () => {
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const field = await search('thr');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(navigate).toHaveBeenCalledWith(['/t', 'b', 'three']);
  });

  it('moves by arrow keys from the search through schemas and tables', async () => {
    document.body.append(element);
    const field = await search('');
    const press = (key: string): void => {
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    };
    field.focus();
    press('ArrowDown');
    press('ArrowDown');
    expect(document.activeElement?.textContent).toContain('one');
    press('ArrowUp');
    expect(document.activeElement?.textContent).toContain('a');
    element.remove();
  });

  it('follows the schema', async () => {
    overview.update((it) => it && { ...it, relations: [relation('b', 'new')] });
    await fixture.whenStable();
    expect(links()).toEqual(['/t/b/new']);
  });
});
