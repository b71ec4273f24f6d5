import { computed, effect, inject, Service, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy } from '@angular/router';
import type { ActivatedRouteSnapshot, RouterStateSnapshot } from '@angular/router';
import { Catalog } from '../backend';
import { readName } from '../model';
import type { RelationName } from '../model';
import { Session } from '../session';

/** The browser's title: what the route says, its relation, then the application. */
@Service({ autoProvided: false })
export class PageTitles extends TitleStrategy {
  private readonly catalog = inject(Catalog);
  private readonly session = inject(Session);
  private readonly page = signal<string | undefined>(undefined);
  private readonly name = signal<RelationName | undefined>(undefined);

  private readonly relation = computed(() => {
    const name = this.name();
    return name && (this.catalog.find(name)?.label ?? name.relation);
  });

  private readonly application = computed(() => {
    const application = this.session.info()?.application;
    return application ? `${application} – Oriel` : 'Oriel';
  });

  constructor() {
    super();
    const title = inject(Title);
    effect(() => {
      const parts = [this.page(), this.relation(), this.application()];
      title.setTitle(parts.filter((it) => it !== undefined).join(' · '));
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.page.set(this.buildTitle(snapshot));
    this.name.set(relationOf(snapshot.root));
  }
}

function relationOf(route: ActivatedRouteSnapshot): RelationName | undefined {
  const schema = route.paramMap.get('schema');
  const relation = route.paramMap.get('relation');
  if (schema !== null && relation !== null) {
    return { schema: readName(schema), relation: readName(relation) };
  }
  return route.firstChild === null ? undefined : relationOf(route.firstChild);
}
