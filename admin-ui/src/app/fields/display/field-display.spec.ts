import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { parseJson } from '../../model';
import type { Cell, Column } from '../../model';
import { columnLike } from '../../testing/columns';
import { FieldDisplay } from './field-display';
import { indentJson } from './indent-json';

const show = async (
  value: Cell,
  column: Partial<Column> = {},
): Promise<ComponentFixture<FieldDisplay>> => {
  const fixture = TestBed.createComponent(FieldDisplay);
  fixture.componentRef.setInput('column', columnLike({ name: 'note', ...column }));
  fixture.componentRef.setInput('value', value);
  await fixture.whenStable();
  return fixture;
};
const elementOf = async (value: Cell, column?: Partial<Column>): Promise<HTMLElement> =>
  (await show(value, column)).nativeElement as HTMLElement;

describe('FieldDisplay', () => {
  it('shows NULL and empty text differently', async () => {
    expect((await elementOf(null)).textContent.trim()).toBe('NULL');
    expect((await elementOf('')).textContent.trim()).toBe("''");
    expect((await elementOf('NULL')).querySelector('.absent')).toBeNull();
  });

  it('never runs what a value says', async () => {
    const element = await elementOf('<img src=x onerror=alert(1)>', { name: 'website' });
    expect(element.querySelector('img, a')).toBeNull();
    const link = await elementOf('https://example.org/a', { name: 'website' });
    expect(link.querySelector('a')?.rel).toBe('noopener noreferrer');
  });

  it('loads images late and without telling where they are shown', async () => {
    const image = (await elementOf('https://example.org/a.png', { name: 'photo' })).querySelector(
      'img',
    )!;
    expect([image.getAttribute('loading'), image.getAttribute('referrerpolicy')]).toEqual([
      'lazy',
      'no-referrer',
    ]);
  });

  it('shows the link where an image is broken', async () => {
    const fixture = await show('https://example.org/a.png', { name: 'photo' });
    const element = fixture.nativeElement as HTMLElement;
    element.querySelector('img')!.dispatchEvent(new Event('error'));
    await fixture.whenStable();
    expect(element.querySelector('a')?.textContent).toBe('https://example.org/a.png');
  });

  it('says true and false to those who do not see the icon', async () => {
    const element = await elementOf(true, { kind: 'boolean' });
    expect(element.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('true');
  });

  it('opens the whole JSON', async () => {
    const fixture = await show(parseJson('{"a":[1.10,{}]}'), { kind: 'json' });
    (fixture.nativeElement as HTMLElement).querySelector('button')!.click();
    await fixture.whenStable();
    expect(document.querySelector('.whole')?.textContent).toBe(
      '{\n  "a": [\n    1.10,\n    {}\n  ]\n}',
    );
  });
});

describe('indentJson', () => {
  it('writes what can be read again as the same', () => {
    const source = '{"__proto__": [], "a": {"b": [null, true, "x\\"y"]}, "n": 1e400}';
    const again = parseJson(indentJson(parseJson(source)));
    expect(indentJson(again)).toBe(indentJson(parseJson(source)));
    expect(indentJson(again)).toContain('"__proto__": []');
  });
});
