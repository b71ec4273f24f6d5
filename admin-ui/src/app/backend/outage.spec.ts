import { HttpRequest, provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { readProblem } from '../model';
import { Outage } from './outage';

const READ = new HttpRequest('GET', '/read', { responseType: 'text' });
const AWAY = readProblem(503, '{"code":"PGRST000","message":"The database is away"}');

describe('Outage', () => {
  let outage: Outage;
  let server: HttpTestingController;

  beforeEach(() => {
    vi.useFakeTimers();
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting()],
    });
    outage = TestBed.inject(Outage);
    server = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('minds nothing that will not pass by itself', () => {
    outage.report(readProblem(400, null), READ);
    expect(outage.problem()).toBeNull();
  });

  it('tries again with growing pauses until the server is back, then says so', async () => {
    outage.report(AWAY, READ);
    expect(outage.problem()?.message).toBe('The database is away');
    await vi.advanceTimersByTimeAsync(1_300);
    server.expectOne('/read').flush('', { status: 503, statusText: 'x' });
    await vi.advanceTimersByTimeAsync(1_300);
    server.expectNone('/read');
    await vi.advanceTimersByTimeAsync(1_300);
    server.expectOne('/read').flush('[]');
    await vi.advanceTimersByTimeAsync(0);
    expect(outage.problem()).toBeNull();
    expect(outage.recoveries()).toBe(1);
  });

  it('tries at once when asked to', async () => {
    outage.report(AWAY, READ);
    const retried = outage.retry();
    server.expectOne('/read').flush('[]');
    await retried;
    expect(outage.problem()).toBeNull();
  });

  it('counts a refusal as an answer', async () => {
    outage.report(AWAY, READ);
    const retried = outage.retry();
    server.expectOne('/read').flush('', { status: 404, statusText: 'x' });
    await retried;
    expect(outage.problem()).toBeNull();
  });
});
