import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input } from '@angular/core';
import type { TemplateRef } from '@angular/core';
import type { PlacedColumn } from './column-window';
import type { GridCellContext } from './grid-cell-template';
import type { GridRow } from './grid-model';

/** One row: the cells that are seen, or their skeletons while the row is not at hand. */
@Component({
  selector: 'oriel-grid-row',
  imports: [NgTemplateOutlet],
  template: `
    @for (placed of columns(); track placed.column.key) {
      <div
        role="gridcell"
        class="cell"
        [class.sticky]="placed.index === 0"
        [class.end]="placed.column.align === 'end'"
        [class.changed-a]="changeOf(placed.column.key) % 2 === 1"
        [class.changed-b]="changeOf(placed.column.key) > 0 && changeOf(placed.column.key) % 2 === 0"
        [style.grid-column]="placed.index + 1"
        [attr.aria-colindex]="placed.index + 1"
        [attr.data-column]="placed.index"
        [attr.tabindex]="focusedColumn() === placed.index ? 0 : -1"
      >
        @if (row(); as present) {
          <ng-container
            [ngTemplateOutlet]="cell()"
            [ngTemplateOutletContext]="{
              $implicit: present.value,
              row: present,
              column: placed.column,
            }"
          />
        } @else {
          <span class="skeleton" aria-hidden="true"></span>
        }
      </div>
    }
  `,
  styleUrl: './grid-row-view.scss',
  host: {
    role: 'row',
    '[class.inserted]': "row()?.fate === 'inserted'",
    '[class.deleted]': "row()?.fate === 'deleted'",
    '[attr.aria-busy]': 'row() === undefined ? true : null',
  },
})
export class GridRowView<T> {
  readonly row = input.required<GridRow<T> | undefined>();
  readonly columns = input.required<readonly PlacedColumn[]>();
  readonly cell = input.required<TemplateRef<GridCellContext<T>>>();
  readonly focusedColumn = input(-1);

  private readonly changed = computed(() => this.row()?.changed);

  protected changeOf(key: string): number {
    return this.changed()?.get(key) ?? 0;
  }
}
