import { computed, DestroyRef, effect, inject, untracked } from '@angular/core';
import { Catalog } from '../backend';
import { Session } from '../session';
import { LiveConnection } from './live-connection';
import { readSchemaVersion } from './live-message';

/** Keeps the catalog up to date. To be called in an injection context. */
export function watchSchema(): void {
  const connection = inject(LiveConnection);
  const catalog = inject(Catalog);
  const session = inject(Session);
  const isOffered = computed(() => session.info()?.live === true);
  let stop = (): void => undefined;
  effect(() => {
    const offered = isOffered();
    untracked(() => {
      stop();
      stop = offered ? listen(connection, catalog) : () => undefined;
    });
  });
  inject(DestroyRef).onDestroy(() => {
    stop();
  });
}

function listen(connection: LiveConnection, catalog: Catalog): () => void {
  return connection.listen('/topic/schema', {}, (body) => {
    if (readSchemaVersion(body) !== catalog.overview()?.version) {
      catalog.reload();
    }
  });
}
