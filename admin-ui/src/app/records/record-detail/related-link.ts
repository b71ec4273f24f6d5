import { Component, computed, inject, input, resource } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Outage, Rows } from '../../backend';
import { equalTo, fullCount, relationPath, writeQuery } from '../../model';
import type { RelationName } from '../../model';
import { Icon } from '../../ui';
import { relatedParams } from '../record-list/grid-state';

/** A link to the rows of a relation that hold some values, with their number. */
@Component({
  selector: 'oriel-related-link',
  imports: [Icon, RouterLink],
  template: `
    <a [routerLink]="path()" [queryParams]="parameters()">
      <oriel-icon name="table" />
      <span class="label">{{ label() }}</span>
      <span class="count">{{ count() }}</span>
      <oriel-icon name="chevron-right" />
    </a>
  `,
  styles: `
    a {
      display: flex;
      align-items: center;
      gap: 8px;
      padding: 8px 10px;
      border: 1px solid var(--oriel-border);
      border-radius: 6px;
      color: inherit;
      text-decoration: none;
    }

    a:hover {
      background: var(--oriel-hover);
    }

    .label {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }

    .count {
      color: var(--oriel-muted);
      font-variant-numeric: tabular-nums;
    }

    oriel-icon {
      width: 15px;
      height: 15px;
      color: var(--oriel-faint);
    }
  `,
})
export class RelatedLink {
  private readonly rows = inject(Rows);
  private readonly outage = inject(Outage);

  readonly relation = input.required<RelationName>();
  readonly label = input.required<string>();
  readonly values = input.required<readonly (readonly [column: string, value: string])[]>();

  protected readonly path = computed(() => relationPath(this.relation()));
  protected readonly parameters = computed(() => ({ ...relatedParams(this.values()) }));

  protected readonly count = computed(() => {
    const count = this.counted.hasValue() ? this.counted.value() : null;
    return count === null ? '' : fullCount(count.value, count.exact);
  });

  private readonly counted = resource({
    params: () => ({
      recoveries: this.outage.recoveries(),
      relation: this.relation(),
      query: writeQuery([...equalTo(this.values()), ['limit', '0']]),
    }),
    loader: async ({ params: { relation, query }, abortSignal: signal }) =>
      (await this.rows.page(relation, query, { count: 'exact', signal })).count,
  });
}
