import { Component, computed, input, numberAttribute } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { readRelation } from '../../backend';
import { readName } from '../../model';
import type { Limitation } from '../../model';
import { EmptyState, Notice } from '../../ui';
import { readGridState } from './grid-state';
import { RowTable } from './row-table';

/** What leaves nothing to show. */
const UNREADABLE: ReadonlySet<Limitation['code']> = new Set(['unpopulated', 'unreachable']);

/** The page of a relation's rows; its URL says which rows, in which order. */
@Component({
  selector: 'oriel-record-list',
  imports: [EmptyState, MatButton, Notice, RowTable],
  templateUrl: './record-list.html',
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-inline-size: 0;
      min-block-size: 0;
    }

    oriel-row-table {
      flex: 1;
    }

    oriel-notice {
      margin: 8px 16px 0;
    }
  `,
})
export class RecordList {
  readonly schema = input.required({ transform: readName });
  readonly relation = input.required({ transform: readName });
  readonly filter = input<string | readonly string[]>();
  readonly order = input<string>();
  readonly q = input<string>();
  readonly at = input(0, { transform: (at: unknown) => numberAttribute(at, 0) });

  protected readonly read = readRelation(() => ({
    schema: this.schema(),
    relation: this.relation(),
  }));
  /** The relation, as soon as it is the one that the URL names. */
  protected readonly detail = computed(() => {
    const detail = this.read.detail();
    const isWanted = detail?.schema === this.schema() && detail.name === this.relation();
    return isWanted ? detail : undefined;
  });
  /** Another relation gets another table, with columns and rows of its own. */
  protected readonly tables = computed(() => {
    const detail = this.detail();
    return detail === undefined
      ? []
      : [
          {
            detail,
            id: JSON.stringify([detail.schema, detail.name]),
            unreadable: detail.limitations.find(({ code }) => UNREADABLE.has(code)),
          },
        ];
  });
  protected readonly state = computed(() => readGridState(this.filter(), this.order(), this.q()));
}
