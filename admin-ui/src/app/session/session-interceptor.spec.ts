import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { loginPageInterceptor, ServerAddress } from '../backend';
import { SESSION } from '../testing';
import { Session } from './session';
import { sessionInterceptor } from './session-interceptor';

describe('the session of requests', () => {
  let http: HttpClient;
  let server: HttpTestingController;
  let session: Session;
  let url: (path: string) => string;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([sessionInterceptor, loginPageInterceptor])),
        provideHttpClientTesting(),
      ],
    });
    http = TestBed.inject(HttpClient);
    server = TestBed.inject(HttpTestingController);
    session = TestBed.inject(Session);
    const address = TestBed.inject(ServerAddress);
    url = (path) => address.url(path);
  });

  afterEach(() => {
    server.verify();
  });

  async function signIn(token = 'first'): Promise<void> {
    const status = session.refresh();
    server
      .expectOne(url('api/session'))
      .flush(JSON.stringify({ ...SESSION, csrf: { ...SESSION.csrf, token } }));
    await status;
  }

  it('knows who is signed in', async () => {
    await signIn();
    expect(session.status()).toBe('signed-in');
    expect(session.info()?.user).toBe('admin');
  });

  it('marks reads as its own, without a token', async () => {
    await signIn();
    const answer = firstValueFrom(http.get(url('api/rest/t')));
    const { request } = server.expectOne(url('api/rest/t'));
    expect(request.headers.get('X-Requested-With')).toBe('XMLHttpRequest');
    expect(request.headers.has('X-CSRF-TOKEN')).toBe(false);
    server.match(() => true);
    void answer;
  });

  it('sends the token with writes', async () => {
    await signIn();
    const answer = firstValueFrom(http.post(url('api/rest/t'), '{}'));
    const call = server.expectOne(url('api/rest/t'));
    expect(call.request.headers.get('X-CSRF-TOKEN')).toBe('first');
    call.flush({});
    await answer;
  });

  it('leaves requests to others alone', () => {
    http.get('https://elsewhere.example/').subscribe();
    const { request } = server.expectOne('https://elsewhere.example/');
    expect(request.headers.has('X-Requested-With')).toBe(false);
  });

  it('notices that the session is over, and keeps what it knew', async () => {
    await signIn();
    const answer = firstValueFrom(http.get(url('api/rest/t')));
    server.expectOne(url('api/rest/t')).flush('', { status: 401, statusText: 'Unauthorized' });
    await expect(answer).rejects.toMatchObject({ status: 401 });
    expect(session.status()).toBe('signed-out');
    expect(session.info()?.user).toBe('admin');
  });

  it('takes a login page for the end of the session', async () => {
    await signIn();
    const answer = firstValueFrom(http.get(url('api/rest/t'), { responseType: 'text' }));
    server
      .expectOne(url('api/rest/t'))
      .flush('<html>', { headers: { 'Content-Type': 'text/html;charset=UTF-8' } });
    await expect(answer).rejects.toMatchObject({ status: 401 });
    expect(session.status()).toBe('signed-out');
  });

  it('writes once more when the token was replaced', async () => {
    await signIn('old');
    const answer = firstValueFrom(http.post(url('api/rest/t'), '{}'));
    server.expectOne(url('api/rest/t')).flush('', { status: 403, statusText: 'Forbidden' });
    await Promise.resolve();
    server
      .expectOne(url('api/session'))
      .flush(JSON.stringify({ ...SESSION, csrf: { ...SESSION.csrf, token: 'new' } }));
    await vi.waitFor(() => {
      const again = server.expectOne(url('api/rest/t'));
      expect(again.request.headers.get('X-CSRF-TOKEN')).toBe('new');
      again.flush({});
    });
    await answer;
  });

  it('does not write again when the token is the same', async () => {
    await signIn('same');
    const answer = firstValueFrom(http.post(url('api/rest/t'), '{}'));
    server.expectOne(url('api/rest/t')).flush('', { status: 403, statusText: 'Forbidden' });
    await Promise.resolve();
    server
      .expectOne(url('api/session'))
      .flush(JSON.stringify({ ...SESSION, csrf: { ...SESSION.csrf, token: 'same' } }));
    await expect(answer).rejects.toMatchObject({ status: 403 });
  });

  it.each([
    [401, 'signed-out'],
    [403, 'forbidden'],
    [503, 'unknown'],
  ] as const)('understands a session refused with %d', async (status, expected) => {
    const answer = session.refresh();
    server.expectOne(url('api/session')).flush('', { status, statusText: 'x' });
    expect(await answer).toBe(expected);
  });
});
