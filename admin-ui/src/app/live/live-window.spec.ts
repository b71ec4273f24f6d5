import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ServerAddress } from '../backend';
import { Session } from '../session';
import { FakeLive, SESSION } from '../testing';
import { LiveConnection } from './live-connection';
import { liveWindow } from './live-window';
import type { LiveBatch, LiveQuery, LiveWindow } from './live-window';

const QUERY: LiveQuery = { schema: 'engine', relation: 'a job', query: 'limit=2', versions: true };

describe('liveWindow', () => {
  let live: FakeLive;
  let window: LiveWindow;
  let batches: LiveBatch[];
  let server: HttpTestingController;
  let sessionUrl: string;
  const query = signal<LiveQuery | undefined>(QUERY);

  beforeEach(async () => {
    vi.useFakeTimers();
    live = new FakeLive();
    query.set(QUERY);
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), ...live.providers],
    });
    server = TestBed.inject(HttpTestingController);
    sessionUrl = TestBed.inject(ServerAddress).url('api/session');
    const signedIn = TestBed.inject(Session).refresh();
    server.expectOne(sessionUrl).flush(JSON.stringify(SESSION));
    await signedIn;
    batches = [];
    window = TestBed.runInInjectionContext(() => liveWindow(query, (it) => batches.push(it)));
    TestBed.tick();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function ids(): unknown[] {
    return window.state().rows.map((it) => it['id']);
  }

  function snapshot(version: number, ...rows: readonly string[]): unknown {
    return { type: 'snapshot', version, rows: rows.map((id) => ({ id })), count: null };
  }

  it('connects with the token of the session and subscribes to the query', () => {
    expect(live.configs[0]?.connectHeaders).toEqual({ 'X-CSRF-TOKEN': 'token' });
    expect(live.configs[0]?.brokerURL).toMatch(/^ws:.*\/live$/);
    expect(live.active).toEqual([]);
    live.connect();
    expect(live.active).toMatchObject([
      {
        destination: '/topic/rows/a%20job?limit=2',
        headers: { schema: 'engine', 'row-version': 'true' },
      },
    ]);
    expect(window.state().status).toBe('waiting');
  });

  it('applies all messages once per repaint', () => {
    live.connect();
    live.send(snapshot(1, 'a'));
    live.send({
      type: 'delta',
      from: 1,
      to: 2,
      changes: [{ op: 'insert', at: 0, key: ['b'], row: { id: 'b' } }],
    });
    expect(ids()).toEqual([]);
    live.frame();
    expect(ids()).toEqual(['b', 'a']);
    expect(window.state().status).toBe('live');
    expect(batches).toHaveLength(1);
    expect(batches[0]).toMatchObject({ snapshot: true, changes: [{ op: 'insert', at: 0 }] });
  });

  it('subscribes anew when a message is missing, and keeps the rows meanwhile', () => {
    live.connect();
    live.send(snapshot(1, 'a'));
    live.frame();
    live.send({ type: 'delta', from: 5, to: 6, changes: [] });
    live.frame();
    expect(live.subscriptions).toHaveLength(2);
    expect(live.active).toHaveLength(1);
    expect(ids()).toEqual(['a']);
    live.send(snapshot(6, 'z'));
    live.frame();
    expect(ids()).toEqual(['z']);
  });

  it('keeps the rows of the last query until those of the new one arrive', () => {
    live.connect();
    live.send(snapshot(1, 'a'));
    live.frame();
    query.set({ ...QUERY, query: 'limit=3' });
    TestBed.tick();
    expect(live.active.map((it) => it.destination)).toEqual(['/topic/rows/a%20job?limit=3']);
    expect(ids()).toEqual(['a']);
    expect(window.state().query?.query).toBe('limit=2');
    live.send(snapshot(1, 'b'));
    live.frame();
    expect(ids()).toEqual(['b']);
    expect(window.state().query?.query).toBe('limit=3');
  });

  it('shows stale rows while the connection is lost, and catches up after it', async () => {
    live.connect();
    live.send(snapshot(1, 'a'));
    live.frame();
    live.lose();
    expect(window.state().status).toBe('stale');
    expect(TestBed.inject(LiveConnection).state().status).toBe('offline');
    expect(ids()).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(600);
    server.expectOne(sessionUrl).flush(JSON.stringify(SESSION));
    await vi.advanceTimersByTimeAsync(0);
    expect(live.configs).toHaveLength(2);
    live.connect();
    live.send(snapshot(9, 'b'));
    live.frame();
    expect(window.state().status).toBe('live');
    expect(ids()).toEqual(['b']);
  });

  it('asks to go on from the version it has, and keeps the rows if nothing is new', async () => {
    live.connect('first run');
    live.send(snapshot(7, 'a'));
    live.frame();
    live.send({
      type: 'delta',
      from: 7,
      to: 8,
      changes: [{ op: 'insert', at: 0, key: ['b'], row: { id: 'b' } }],
    });
    live.lose();
    expect(ids()).toEqual(['b', 'a']);
    expect(window.state().status).toBe('stale');
    await reconnect('first run');
    expect(live.active[0]?.headers).toMatchObject({ epoch: 'first run', version: '8' });
    live.send({ type: 'delta', from: 8, to: 8, changes: [] });
    live.frame();
    expect(window.state().status).toBe('live');
    expect(ids()).toEqual(['b', 'a']);
    live.lose();
    await reconnect('second run');
    expect(live.active[0]?.headers).toMatchObject({ epoch: 'first run', version: '8' });
    live.send(snapshot(1, 'c'));
    live.frame();
    live.lose();
    await reconnect('second run');
    expect(live.active[0]?.headers).toMatchObject({ epoch: 'second run', version: '1' });
  });

  it('asks for all rows anew when a message was missing', () => {
    live.connect('run');
    live.send(snapshot(1, 'a'));
    live.frame();
    live.send({ type: 'delta', from: 5, to: 6, changes: [] });
    live.frame();
    expect(live.active[0]?.headers).not.toHaveProperty('version');
  });

  async function reconnect(epoch: string): Promise<void> {
    await vi.advanceTimersByTimeAsync(2_000);
    server.expectOne(sessionUrl).flush(JSON.stringify(SESSION));
    await vi.advanceTimersByTimeAsync(0);
    live.connect(epoch);
  }

  it('does not reconnect while nobody is signed in', async () => {
    live.connect();
    live.lose();
    await vi.advanceTimersByTimeAsync(600);
    server.expectOne(sessionUrl).flush('', { status: 401, statusText: 'x' });
    await vi.advanceTimersByTimeAsync(0);
    expect(live.configs).toHaveLength(1);
    expect(TestBed.inject(Session).status()).toBe('signed-out');
  });

  it('tells of a query that the server refuses', () => {
    live.connect();
    live.send({ type: 'error', problem: { code: '42703', message: 'no such column' } });
    live.frame();
    expect(window.state()).toMatchObject({
      status: 'refused',
      problem: { code: '42703', message: 'no such column' },
    });
  });

  it('ends the subscription when nothing is asked for', () => {
    live.connect();
    query.set(undefined);
    TestBed.tick();
    expect(live.active).toEqual([]);
    expect(window.state().status).toBe('off');
  });
});
