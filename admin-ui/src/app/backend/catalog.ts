import { httpResource } from '@angular/common/http';
import { computed, inject, linkedSignal, Service } from '@angular/core';
import type { RelationName, RelationSummary, SchemaOverview } from '../model';
import { apiPath, ServerAddress } from './address';
import { Outage } from './outage';
import { problemOf } from './problems';

/** The relations of the database, as far as the user may see them. */
@Service()
export class Catalog {
  private readonly address = inject(ServerAddress);
  private readonly outage = inject(Outage);
  private readonly resource = httpResource<SchemaOverview>(() => {
    this.outage.recoveries();
    return this.address.url(apiPath('schema'));
  });

  /** The last overview that arrived; it stays while a newer one loads or fails to. */
  readonly overview = linkedSignal<SchemaOverview | undefined, SchemaOverview | undefined>({
    source: () => (this.resource.hasValue() ? this.resource.value() : undefined),
    computation: (value, previous) => value ?? previous?.value,
  }).asReadonly();

  readonly isLoading = this.resource.isLoading;

  readonly problem = computed(() => {
    const error = this.resource.error();
    return error === undefined ? null : problemOf(error);
  });

  private readonly history = linkedSignal<string | undefined, History>({
    source: () => this.overview()?.version,
    computation: (version, previous) => ({
      version,
      changes: (previous?.value.changes ?? 0) + (previous?.value.version === undefined ? 0 : 1),
    }),
  });

  /** How often the schema changed since the page was opened. */
  readonly changes = computed(() => this.history().changes);

  /** The relation of that name; undefined when unknown or not loaded yet. */
  find(name: RelationName): RelationSummary | undefined {
    return this.overview()?.relations.find(
      (it) => it.schema === name.schema && it.name === name.relation,
    );
  }

  /** Asks for the schema again, because it changed. */
  reload(): void {
    this.resource.reload();
  }
}

interface History {
  readonly version: string | undefined;
  readonly changes: number;
}
