import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { jsonObject, NumberText } from '../model';
import { ServerAddress } from './address';
import { Rows } from './rows';

const NAME = { schema: 'company', relation: 'finance' };
const ROW = { ...NAME, primaryKey: ['id'], key: ['9223372036854775807'] };

describe('Rows', () => {
  let rows: Rows;
  let server: HttpTestingController;
  let base: string;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting()],
    });
    rows = TestBed.inject(Rows);
    server = TestBed.inject(HttpTestingController);
    base = TestBed.inject(ServerAddress).url('api/rest/finance');
  });

  afterEach(() => {
    server.verify();
  });

  it('reads a page of a schema with its count', async () => {
    const page = rows.page(NAME, 'limit=2', { count: 'exact', versions: true });
    const call = server.expectOne(`${base}?limit=2`);
    expect(call.request.headers.get('Accept-Profile')).toBe('company');
    expect(call.request.headers.get('Prefer')).toBe('count=exact, row-version');
    call.flush('[{"amount":0.10}]', { headers: { 'Content-Range': '0-0/1234' } });
    expect(await page).toEqual({
      rows: [jsonObject([['amount', new NumberText('0.10')]])],
      count: { value: 1234, exact: true },
    });
  });

  it('knows no count where none was asked for', async () => {
    const page = rows.page(NAME, '');
    server.expectOne(base).flush('[]', { headers: { 'Content-Range': '*/*' } });
    expect((await page).count).toBeNull();
  });

  it('gives a read up when told to', async () => {
    const controller = new AbortController();
    const page = rows.page(NAME, '', { signal: controller.signal });
    const call = server.expectOne(base);
    controller.abort();
    await expect(page).rejects.toMatchObject({ name: 'AbortError' });
    expect(call.cancelled).toBe(true);
  });

  it('reads one row with its version', async () => {
    const row = rows.row(ROW);
    const call = server.expectOne(`${base}?id=eq.9223372036854775807`);
    expect(call.request.headers.get('Accept')).toBe('application/vnd.pgrst.object+json');
    call.flush('{"id":9223372036854775807,"_version":"7"}');
    expect(await row).toEqual({
      row: jsonObject([['id', new NumberText('9223372036854775807')]]),
      version: '7',
    });
  });

  it('changes a row only in the version it was read in', async () => {
    const changes = jsonObject([['amount', new NumberText('1.000000000000000000001')]]);
    const row = rows.update(ROW, changes, '7');
    const call = server.expectOne(`${base}?id=eq.9223372036854775807`);
    expect(call.request.method).toBe('PATCH');
    expect(call.request.headers.get('If-Match')).toBe('"7"');
    expect(call.request.headers.get('Content-Profile')).toBe('company');
    expect(call.request.headers.get('Content-Type')).toBe('application/json');
    expect(call.request.body).toBe('{"amount":1.000000000000000000001}');
    call.flush('{"id":1,"_version":"8"}');
    expect((await row).version).toBe('8');
  });

  it('deletes a row only in the version it was read in', async () => {
    const done = rows.remove(ROW, '7');
    const call = server.expectOne(`${base}?id=eq.9223372036854775807`);
    expect(call.request.headers.get('If-Match')).toBe('"7"');
    call.flush('', { status: 204, statusText: 'No Content' });
    await done;
  });

  it('rejects with the problem the server names', async () => {
    const row = rows.insert(NAME, jsonObject([]));
    server.expectOne(base).flush('{"code":"23502","message":"missing","column":"amount"}', {
      status: 400,
      statusText: 'Bad Request',
    });
    await expect(row).rejects.toMatchObject({
      name: 'ProblemError',
      problem: { status: 400, code: '23502', column: 'amount' },
    });
  });
});
