import { Component, computed, ElementRef, inject, output, signal, viewChild } from '@angular/core';
import { Router, RouterLink, RouterLinkActive } from '@angular/router';
import { Catalog } from '../backend';
import { compactCount, groupRelations, RELATION_KIND_NAMES, relationPath } from '../model';
import type { RelationSummary } from '../model';
import { Icon } from '../ui';
import { CollapsedGroups } from './collapsed-groups';

/** The tables and views of the database, grouped by schema, with a search. */
@Component({
  selector: 'oriel-navigation',
  imports: [Icon, RouterLink, RouterLinkActive],
  templateUrl: './navigation.html',
  styleUrl: './navigation.scss',
  host: { '(keydown.arrowdown)': 'step($event, 1)', '(keydown.arrowup)': 'step($event, -1)' },
})
export class Navigation {
  private readonly catalog = inject(Catalog);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly searchField = viewChild.required<ElementRef<HTMLInputElement>>('searchField');

  /** Somebody chose where to go. */
  readonly navigated = output();

  protected readonly shortcut = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K';
  protected readonly collapsed = inject(CollapsedGroups);
  protected readonly search = signal('');
  protected readonly overview = this.catalog.overview;
  protected readonly kindNames = RELATION_KIND_NAMES;
  protected readonly compactCount = compactCount;

  protected readonly groups = computed(() => {
    const overview = this.catalog.overview();
    return overview === undefined ? [] : groupRelations(overview, this.search());
  });

  /** Puts the cursor into the search. */
  focusSearch(): void {
    const field = this.searchField().nativeElement;
    field.focus();
    field.select();
  }

  protected path({ schema, name }: RelationSummary): readonly string[] {
    return relationPath({ schema, relation: name });
  }

  protected isOpen(schema: string): boolean {
    return this.search() !== '' || !this.collapsed.has(schema);
  }

  protected openFirst(): void {
    const first = this.groups()[0]?.relations[0];
    if (this.search() !== '' && first !== undefined) {
      void this.router.navigate([...this.path(first)]);
      this.clear();
      this.navigated.emit();
    }
  }

  protected clear(): void {
    this.search.set('');
  }

  /** Moves the focus up or down through what can be focused here. */
  protected step(event: Event, by: 1 | -1): void {
    const stops = [
      ...this.host.nativeElement.querySelectorAll<HTMLElement>('input, .schema, a.relation'),
    ];
    const next = stops[stops.findIndex((it) => it === event.target) + by];
    if (next !== undefined) {
      event.preventDefault();
      next.focus();
    }
  }
}
