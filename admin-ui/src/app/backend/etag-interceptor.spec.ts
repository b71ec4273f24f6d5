import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { ServerAddress } from './address';
import { etagInterceptor } from './etag-interceptor';

describe('etagInterceptor', () => {
  let http: HttpClient;
  let server: HttpTestingController;
  let url: string;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([etagInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    http = TestBed.inject(HttpClient);
    server = TestBed.inject(HttpTestingController);
    url = TestBed.inject(ServerAddress).url('api/schema');
  });

  it('asks only for what changed, and answers what it has when nothing did', async () => {
    const first = firstValueFrom(http.get(url));
    server.expectOne(url).flush({ version: '1' }, { headers: { ETag: '"1"' } });
    await first;

    const second = firstValueFrom(http.get(url));
    const call = server.expectOne(url);
    expect(call.request.headers.get('If-None-Match')).toBe('"1"');
    call.flush(null, { status: 304, statusText: 'Not Modified' });
    expect(await second).toEqual({ version: '1' });
  });

  it('leaves rows alone', async () => {
    const rows = url.replace('schema', 'rest/t');
    for (let time = 0; time < 2; time++) {
      const answer = firstValueFrom(http.get(rows));
      const call = server.expectOne(rows);
      expect(call.request.headers.has('If-None-Match')).toBe(false);
      call.flush([], { headers: { ETag: '"1"' } });
      await answer;
    }
  });
});
