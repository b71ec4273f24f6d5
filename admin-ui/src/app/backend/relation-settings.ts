import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { RelationName, RelationSettings } from '../model';
import { apiPath, ServerAddress } from './address';
import { settled } from './settled';

/** What the user chose for a relation, kept on the server. Calls reject with a `ProblemError`. */
@Service()
export class SettingsStore {
  private readonly http = inject(HttpClient);
  private readonly address = inject(ServerAddress);

  /** The user's settings; null when there are none. */
  load(name: RelationName): Promise<RelationSettings | null> {
    return settled(this.http.get<RelationSettings | null>(this.url(name)));
  }

  /** Keeps the settings. */
  async save(name: RelationName, settings: RelationSettings): Promise<void> {
    await settled(this.http.put(this.url(name), settings));
  }

  /** Goes back to the defaults. */
  async reset(name: RelationName): Promise<void> {
    await settled(this.http.delete(this.url(name)));
  }

  private url({ schema, relation }: RelationName): string {
    return this.address.url(apiPath('settings', schema, relation));
  }
}
