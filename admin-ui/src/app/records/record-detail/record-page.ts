import { Component, computed, input, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { readRelation } from '../../backend';
import { readKey, readName, relationPath } from '../../model';
import { EmptyState } from '../../ui';
import { RecordDetail } from './record-detail';

/** The route of one row, or of a new one: waits for the relation, then shows the row. */
@Component({
  selector: 'oriel-record-page',
  imports: [EmptyState, MatButton, RecordDetail, RouterLink],
  template: `
    @if (relationRead.detail(); as detail) {
      @if (key() !== undefined && detail.primaryKey.length !== components()?.length) {
        <oriel-empty-state [level]="1" icon="search" heading="There is no such row">
          {{ detail.label }}
          {{
            detail.primaryKey.length === 0 ? 'has no key to name its rows by.' : 'has another key.'
          }}
          <a matButton="outlined" emptyAction [routerLink]="tablePath()">Back to the table</a>
        </oriel-empty-state>
      } @else {
        <oriel-record-detail [detail]="detail" [key]="components()" />
      }
    } @else if (relationRead.problem(); as problem) {
      <oriel-empty-state
        [level]="1"
        [icon]="problem.status === 404 ? 'search' : 'alert'"
        [heading]="
          problem.status === 404 ? 'There is no such table' : 'The table could not be read'
        "
      >
        {{ problem.message }}
        <button type="button" matButton="outlined" emptyAction (click)="relationRead.reload()">
          Try again
        </button>
      </oriel-empty-state>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      min-height: 0;
    }
  `,
})
export class RecordPage {
  private readonly record = viewChild(RecordDetail);

  readonly schema = input.required({ transform: readName });
  readonly relation = input.required({ transform: readName });
  /** As the route writes it; absent on the route of a new row. */
  readonly key = input<string>();

  protected readonly relationRead = readRelation(() => ({
    schema: this.schema(),
    relation: this.relation(),
  }));
  protected readonly tablePath = computed(() =>
    relationPath({ schema: this.schema(), relation: this.relation() }),
  );
  protected readonly components = computed(() => {
    const key = this.key();
    return key === undefined ? undefined : readKey(key);
  });

  /** Whether the page may be left: nothing typed is lost unasked. */
  mayLeave(): boolean | Promise<boolean> {
    return this.record()?.mayLeave() ?? true;
  }
}
