import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { NumberText, parseJson } from '../../model';
import type { Cell, Column } from '../../model';
import { columnLike } from '../../testing/columns';
import { FieldEditor } from './field-editor';

@Component({
  imports: [FieldEditor],
  template: `
    <oriel-field-editor
      [column]="column()"
      [value]="value()"
      [error]="error()"
      (valueChange)="value.set($event)"
      (problemChange)="problem.set($event)"
    />
  `,
})
class Host {
  readonly column = signal<Column>(columnLike({ name: 'note' }));
  readonly value = signal<Cell | undefined>(null);
  readonly error = signal<string | null>(null);
  readonly problem = signal<string | null>(null);
}

describe('FieldEditor', () => {
  let fixture: ComponentFixture<Host>;
  let host: Host;
  const one = (selector: string): HTMLInputElement =>
    (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>(selector)!;
  const text = (): string => (fixture.nativeElement as HTMLElement).textContent;
  const show = async (column: Partial<Column>, value: Cell | undefined): Promise<void> => {
    host.column.set(columnLike({ name: 'note', ...column }));
    host.value.set(value);
    await fixture.whenStable();
  };
  const type = async (typed: string): Promise<void> => {
    const input = one('input, textarea');
    input.value = typed;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await fixture.whenStable();
  };

  beforeEach(async () => {
    fixture = TestBed.createComponent(Host);
    host = fixture.componentInstance;
    await fixture.whenStable();
  });

  it('speaks of no default where there is none', async () => {
    await show({ nullable: false }, undefined);
    expect(one('.state').textContent.trim()).toBe('⋯');
  });

  it('tells NULL, empty text and the default apart', async () => {
    expect([one('textarea').placeholder, one('.state').textContent.trim()]).toEqual([
      'NULL',
      'NULL',
    ]);
    await show({}, '');
    expect([one('textarea').placeholder, one('.state').textContent.trim()]).toEqual([
      'empty text',
      'empty',
    ]);
    await show({ default: "'x'" }, undefined);
    expect([one('textarea').placeholder, one('.state').textContent.trim()]).toEqual([
      "'x'",
      'default',
    ]);
  });

  it('edits composites and lists of them as JSON', async () => {
    await show({ kind: 'other', array: true }, parseJson('[{"street": "Main, St"}, null]'));
    expect(JSON.parse(one('textarea').value)).toEqual([{ street: 'Main, St' }, null]);
    await type('[{"street": "Elm"}]');
    expect(host.value()).toEqual(parseJson('[{"street": "Elm"}]'));
    await type('');
    expect(one('textarea.json')).not.toBeNull();
  });

  it('gives numbers out with the digits typed, and what is none as text', async () => {
    await show({ kind: 'number', baseType: 'numeric' }, null);
    await type('1.10');
    expect(host.value()).toEqual(new NumberText('1.10'));
    await type('1.');
    expect(host.value()).toBe('1.');
    expect(one('input').value).toBe('1.');
    await type('');
    expect(host.value()).toBeNull();
  });

  it('says what is wrong once the field is left, and links it', async () => {
    await show({ kind: 'integer', baseType: 'int2' }, new NumberText('40000'));
    expect(host.problem()).toContain('-32768');
    expect(text()).not.toContain('-32768');
    one('input').dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    await fixture.whenStable();
    const message = one(`#${one('input').getAttribute('aria-describedby')!}`);
    expect(message.textContent).toContain('-32768');
    expect(one('input').getAttribute('aria-invalid')).toBe('true');
  });

  it('shows the error of the server at once', async () => {
    host.error.set('Taken already');
    await fixture.whenStable();
    expect(one('.error').textContent).toBe('Taken already');
  });

  it('gives JSON out only while it can be read', async () => {
    await show({ kind: 'json' }, parseJson('{"a": 1.50}'));
    expect(one('textarea').value).toBe('{\n  "a": 1.50\n}');
    await type('{"a": 2.50');
    expect(host.problem()).toContain('Not JSON');
    expect(one('textarea').value).toBe('{"a": 2.50');
    await type('{"a": 2.50}');
    expect(host.problem()).toBeNull();
    expect(host.value()).toEqual(parseJson('{"a": 2.50}'));
  });

  it('offers the values of an enum in declared order', async () => {
    const mood = { kind: 'enum' as const, enumValues: ['sad', 'ok', 'happy'] };
    await show(mood, 'ok');
    const select = (fixture.nativeElement as HTMLElement).querySelector('select')!;
    expect(Array.from(select.options, (it) => it.text)).toEqual(['NULL', 'sad', 'ok', 'happy']);
    expect(select.selectedIndex).toBe(2);
    select.selectedIndex = 3;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(host.value()).toBe('happy');
  });

  it('offers NULL for a boolean only where it is allowed', async () => {
    await show({ kind: 'boolean' }, true);
    expect(text()).toContain('NULL');
    await show({ kind: 'boolean', nullable: false }, true);
    expect(text()).not.toContain('NULL');
  });

  it('counts characters, not code units', async () => {
    await show({ maxLength: 3 }, '👍👍');
    expect(one('.count').textContent).toBe('2/3');
  });
});
