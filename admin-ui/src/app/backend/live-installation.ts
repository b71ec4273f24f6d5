import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import type { LiveInstallation, RelationName } from '../model';
import { apiPath, ServerAddress } from './address';
import { settled } from './settled';

/** Turns instant updates of a relation on and off. Calls reject with a `ProblemError`. */
@Service()
export class LiveInstallations {
  private readonly http = inject(HttpClient);
  private readonly address = inject(ServerAddress);

  /** How the relation is live now, and the SQL that would make it instant. */
  load(name: RelationName): Promise<LiveInstallation> {
    return settled(this.http.get<LiveInstallation>(this.url(name)));
  }

  /** Installs the triggers. */
  async install(name: RelationName): Promise<void> {
    await settled(this.http.post(this.url(name), null));
  }

  /** Removes the triggers. */
  async remove(name: RelationName): Promise<void> {
    await settled(this.http.delete(this.url(name)));
  }

  private url({ schema, relation }: RelationName): string {
    return this.address.url(apiPath('live', schema, relation));
  }
}
