import { CdkDrag, CdkDragPreview, CdkDropList } from '@angular/cdk/drag-drop';
import type { CdkDragDrop } from '@angular/cdk/drag-drop';
import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, input, output, signal } from '@angular/core';
import type { TemplateRef } from '@angular/core';
import type { PlacedColumn } from './column-window';
import type { GridHeaderContext } from './grid-cell-template';
import { boundedWidth } from './grid-model';
import type { GridColumn, GridSort } from './grid-model';
import { nextSort } from './next-sort';

/** A column with a new width, or with a new place. */
export interface ColumnWidth {
  readonly key: string;
  readonly width: number;
}

export interface ColumnMove {
  readonly key: string;
  readonly to: number;
}

const KEYBOARD_STEP = 16;

interface HeaderCell extends PlacedColumn {
  readonly sort: 'ascending' | 'descending' | null;
  readonly order: number;
}

/** The header row: sort by click, width by the handle, place by dragging; all by keyboard too. */
@Component({
  selector: 'oriel-grid-header',
  imports: [CdkDrag, CdkDragPreview, CdkDropList, NgTemplateOutlet],
  templateUrl: './grid-header.html',
  styleUrl: './grid-header.scss',
})
export class GridHeader {
  readonly columns = input.required<readonly PlacedColumn[]>();
  readonly sort = input.required<readonly GridSort[]>();
  readonly extra = input<TemplateRef<GridHeaderContext>>();
  readonly focusedColumn = input(-1);

  readonly sortChange = output<readonly GridSort[]>();
  /** While the handle is dragged. */
  readonly widthDrag = output<ColumnWidth>();
  readonly widthChange = output<ColumnWidth>();
  readonly columnMove = output<ColumnMove>();

  protected readonly cells = computed<readonly HeaderCell[]>(() =>
    this.columns().map((placed) => {
      const position = this.sort().findIndex((term) => term.key === placed.column.key);
      const term = this.sort()[position];
      const sort = term === undefined ? null : term.descending ? 'descending' : 'ascending';
      return { ...placed, sort, order: this.sort().length > 1 ? position + 1 : 0 };
    }),
  );

  private readonly dragging = signal(false);

  protected toggleSort(column: GridColumn, event: MouseEvent | KeyboardEvent): void {
    if (column.sortable && !this.dragging()) {
      event.preventDefault();
      this.sortChange.emit(nextSort(this.sort(), column.key, event.shiftKey));
    }
  }

  protected changeByKey({ column, index }: PlacedColumn, event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) {
      return;
    }
    const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (event.key === 'Enter' || event.key === ' ') {
      this.toggleSort(column, event);
    } else if (direction !== 0 && event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      const width = boundedWidth(column.width + direction * KEYBOARD_STEP);
      this.widthChange.emit({ key: column.key, width });
    } else if (direction !== 0 && event.ctrlKey && event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      this.columnMove.emit({ key: column.key, to: Math.max(0, index + direction) });
    }
  }

  protected startDrag(): void {
    this.dragging.set(true);
  }

  /** The click that ends a drag comes after the drop. */
  protected endDrag(): void {
    setTimeout(() => this.dragging.set(false));
  }

  protected drop(event: CdkDragDrop<unknown, unknown, GridColumn>): void {
    const target = this.columns()[event.currentIndex];
    if (target !== undefined && event.currentIndex !== event.previousIndex) {
      this.columnMove.emit({ key: event.item.data.key, to: target.index });
    }
  }

  protected resize(column: GridColumn, start: PointerEvent): void {
    start.preventDefault();
    start.stopPropagation();
    const handle = start.target as HTMLElement;
    const widthAt = (event: PointerEvent): ColumnWidth => ({
      key: column.key,
      width: boundedWidth(column.width + event.clientX - start.clientX),
    });
    const drag = (event: PointerEvent): void => this.widthDrag.emit(widthAt(event));
    const finish = (event: PointerEvent): void => {
      handle.removeEventListener('pointermove', drag);
      handle.removeEventListener('pointerup', finish);
      handle.removeEventListener('pointercancel', finish);
      this.widthChange.emit(widthAt(event));
    };
    handle.setPointerCapture(start.pointerId);
    handle.addEventListener('pointermove', drag);
    handle.addEventListener('pointerup', finish);
    handle.addEventListener('pointercancel', finish);
  }
}
