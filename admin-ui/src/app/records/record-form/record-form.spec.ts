import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { jsonObject, readProblem } from '../../model';
import { column, relationDetail } from '../../testing';
import { RecordForm } from './record-form';

describe('RecordForm', () => {
  let fixture: ComponentFixture<RecordForm>;
  const text = (selector: string): string =>
    (fixture.nativeElement as HTMLElement).querySelector(selector)?.textContent ?? '';

  const refuse = async (status: number, body: string): Promise<void> => {
    fixture.componentRef.setInput('problem', readProblem(status, body));
    await fixture.whenStable();
  };

  beforeEach(async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    fixture = TestBed.createComponent(RecordForm);
    fixture.componentRef.setInput(
      'detail',
      relationDetail({ columns: [column('id'), column('name'), column('city')] }),
    );
    fixture.componentRef.setInput('draft', {
      base: jsonObject([
        ['id', '1'],
        ['name', 'Ada'],
        ['city', 'Bern'],
      ]),
      edits: new Map(),
      conflicts: [],
    });
    fixture.componentRef.setInput('mode', 'edit');
    await fixture.whenStable();
  });

  it('tells a refused value at its field, with the rule', async () => {
    await refuse(
      400,
      '{"code":"22P02","message":"m","column":"city","columns":["city"],"rule":"integer","value":"x"}',
    );
    expect(text('[data-column=city]')).toContain('“x” does not fit integer.');
    expect(text('[data-column=name]')).not.toContain('fit');
    expect(text('oriel-notice')).toBe('');
  });

  it('tells a rule of several columns at each of them, and leads to the other row once', async () => {
    await refuse(
      409,
      '{"code":"23505","message":"m","columns":["name","city"],"rule":"UNIQUE (name, city)",' +
        '"value":{"name":"Ada","city":"Bern"},"row":{"schema":"s","relation":"t","key":{"id":"7"}}}',
    );
    for (const field of ['name', 'city']) {
      expect(text(`[data-column=${field}]`)).toContain('Another row already has these values');
      expect(text(`[data-column=${field}]`)).toContain('UNIQUE (name, city)');
    }
    const links = (fixture.nativeElement as HTMLElement).querySelectorAll('a.others');
    expect(Array.from(links, (it) => it.getAttribute('href'))).toEqual(['/t/s/t/r/7']);
    expect(text('oriel-notice')).toBe('');
  });

  it('tells at the top what is about no field, and leads to the rows in the way', async () => {
    await refuse(
      409,
      '{"code":"23503","message":"m","referencing":{"schema":"s","relation":"stock",' +
        '"values":{"part_id":"1"},"count":3}}',
    );
    expect(text('oriel-notice')).toContain('3 rows of stock still refer to this row.');
    const link = (fixture.nativeElement as HTMLElement).querySelector('oriel-notice a.others');
    expect(link?.getAttribute('href')).toContain('/t/s/stock?');
  });
});
