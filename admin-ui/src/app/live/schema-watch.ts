import { computed, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
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
  const told = signal<string | null>(null);
  const known = computed(() => catalog.overview()?.version);
  let stop = (): void => undefined;
  effect(() => {
    const offered = isOffered();
    untracked(() => {
      stop();
      stop = offered
        ? connection.listen(
            '/topic/schema',
            () => ({}),
            (body) => {
              told.set(readSchemaVersion(body));
            },
          )
        : () => undefined;
    });
  });
  // An overview that was on its way when its successor was told of is out of date on arrival.
  effect(() => {
    const version = told();
    if (version !== null && known() !== undefined && known() !== version) {
      untracked(() => {
        catalog.reload();
      });
    }
  });
  inject(DestroyRef).onDestroy(() => {
    stop();
  });
}
