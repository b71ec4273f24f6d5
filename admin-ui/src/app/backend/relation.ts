import { httpResource } from '@angular/common/http';
import { computed, inject, Service } from '@angular/core';
import type { Signal } from '@angular/core';
import type { Problem, RelationDetail, RelationName } from '../model';
import { apiPath, ServerAddress } from './address';
import { Catalog } from './catalog';
import { Outage } from './outage';
import { problemOf } from './problems';

/** A relation's columns and keys on their way from the server. */
export interface RelationRead {
  /** The relation; what was last known of it while it loads again. */
  readonly detail: Signal<RelationDetail | undefined>;
  readonly isLoading: Signal<boolean>;
  readonly problem: Signal<Problem | null>;
  reload(): void;
}

/** What the page has seen of relations, to have something to show at once. */
@Service()
class SeenRelations {
  private readonly seen = new Map<string, RelationDetail>();

  get({ schema, relation }: RelationName): RelationDetail | undefined {
    return this.seen.get(JSON.stringify([schema, relation]));
  }

  keep(detail: RelationDetail): RelationDetail {
    this.seen.set(JSON.stringify([detail.schema, detail.name]), detail);
    return detail;
  }
}

/**
 * Reads a relation, and reads it again when the schema changes or the database returns.
 * To be called in an injection context.
 */
export function readRelation(name: () => RelationName): RelationRead {
  const address = inject(ServerAddress);
  const catalog = inject(Catalog);
  const outage = inject(Outage);
  const seen = inject(SeenRelations);
  const resource = httpResource<RelationDetail>(() => {
    const { schema, relation } = name();
    catalog.changes();
    outage.recoveries();
    return address.url(apiPath('schema', schema, relation));
  });
  return {
    detail: computed(() => {
      const wanted = name();
      return resource.hasValue() ? seen.keep(resource.value()) : seen.get(wanted);
    }),
    isLoading: resource.isLoading,
    problem: computed(() => {
      const error = resource.error();
      return error === undefined ? null : problemOf(error);
    }),
    reload: () => void resource.reload(),
  };
}
