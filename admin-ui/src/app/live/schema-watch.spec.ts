import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import type { TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { Catalog, ServerAddress } from '../backend';
import { Session } from '../session';
import { FakeLive, SESSION } from '../testing';
import { watchSchema } from './schema-watch';

describe('watchSchema', () => {
  let live: FakeLive;
  let server: HttpTestingController;
  let catalog: Catalog;

  beforeEach(async () => {
    live = new FakeLive();
    TestBed.configureTestingModule({
      providers: [provideHttpClient(), provideHttpClientTesting(), ...live.providers],
    });
    server = TestBed.inject(HttpTestingController);
    const signedIn = TestBed.inject(Session).refresh();
    server
      .expectOne(TestBed.inject(ServerAddress).url('api/session'))
      .flush(JSON.stringify(SESSION));
    await signedIn;
    catalog = TestBed.inject(Catalog);
    TestBed.runInInjectionContext(() => {
      watchSchema();
    });
    TestBed.tick();
    live.connect();
  });

  function request(): TestRequest {
    return server.expectOne(TestBed.inject(ServerAddress).url('api/schema'));
  }

  async function answer(open: TestRequest, version: string): Promise<void> {
    open.flush({ version, database: 'db', schemas: [], relations: [] });
    await vi.waitFor(() => {
      TestBed.tick();
      expect(catalog.overview()?.version).toBe(version);
    });
    TestBed.tick();
  }

  function tell(version: string): void {
    live.send({ type: 'schema', version });
    TestBed.tick();
  }

  it('reads the schema again when it changed', async () => {
    await answer(request(), '1');
    tell('1');
    server.expectNone(TestBed.inject(ServerAddress).url('api/schema'));
    tell('2');
    await answer(request(), '2');
    server.verify();
  });

  it('reads it again when it changed while it was read', async () => {
    const slow = request();
    tell('2');
    await answer(slow, '1');
    await answer(request(), '2');
    server.verify();
  });
});
