import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Catalog } from '../backend';
import { fullCount, groupRelations, RELATION_KIND_NAMES, relationPath } from '../model';
import type { RelationSummary } from '../model';
import { EmptyState, Icon } from '../ui';

/** The first page: everything there is, by schema. */
@Component({
  selector: 'oriel-table-index',
  imports: [EmptyState, Icon, RouterLink],
  templateUrl: './table-index.html',
  styleUrl: './table-index.scss',
})
export class TableIndex {
  private readonly catalog = inject(Catalog);

  protected readonly search = signal('');
  protected readonly overview = this.catalog.overview;
  protected readonly kindNames = RELATION_KIND_NAMES;

  protected readonly groups = computed(() => {
    const overview = this.overview();
    return overview === undefined ? [] : groupRelations(overview, this.search());
  });

  protected readonly summary = computed(() => {
    const shown = (this.overview()?.relations ?? []).filter((it) => !it.hidden);
    const views = shown.filter((it) => it.kind.endsWith('view')).length;
    const schemas = new Set(shown.map((it) => it.schema)).size;
    return [
      counted(shown.length - views, 'table', 'tables'),
      ...(views > 0 ? [counted(views, 'view', 'views')] : []),
      counted(schemas, 'schema', 'schemas'),
    ].join(' · ');
  });

  protected path({ schema, name }: RelationSummary): readonly string[] {
    return relationPath({ schema, relation: name });
  }

  protected rows(relation: RelationSummary): string {
    const { estimatedRows } = relation;
    if (estimatedRows === null) {
      return RELATION_KIND_NAMES[relation.kind];
    }
    return `${fullCount(estimatedRows, false)} ${estimatedRows === 1 ? 'row' : 'rows'}`;
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
