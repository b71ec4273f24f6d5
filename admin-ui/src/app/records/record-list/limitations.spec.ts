import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import type { Limitation } from '../../model';
import { Limitations } from './limitations';

describe('Limitations', () => {
  let fixture: ComponentFixture<Limitations>;

  async function show(limitations: readonly Limitation[]): Promise<string> {
    fixture = TestBed.createComponent(Limitations);
    fixture.componentRef.setInput('limitations', limitations);
    await fixture.whenStable();
    const element: unknown = fixture.nativeElement;
    return element instanceof HTMLElement ? (element.querySelector('p')?.textContent ?? '') : '';
  }

  it('says each reason in its own sentence', async () => {
    const text = await show([
      { code: 'read-only', message: 'The view supports no DELETE.', columns: [] },
      { code: 'no-key', message: 'A view has no key.', columns: [] },
    ]);
    expect(text).toMatch(/The view supports no DELETE\.\s+A view has no key\./);
  });

  it('names the columns that a reason is about', async () => {
    const text = await show([
      { code: 'unknown-type', message: 'Values cannot be edited.', columns: ['shape', 'area'] },
    ]);
    expect(text.trim()).toBe('shape, area: Values cannot be edited.');
  });
});
