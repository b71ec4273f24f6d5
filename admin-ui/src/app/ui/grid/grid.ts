import {
  afterNextRender,
  afterRenderEffect,
  Component,
  computed,
  contentChild,
  effect,
  inject,
  Injector,
  input,
  linkedSignal,
  output,
  signal,
  TemplateRef,
  untracked,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { columnWindow } from './column-window';
import { moveFocus } from './focus-move';
import { GridCellTemplate, GridHeaderExtraTemplate } from './grid-cell-template';
import type { GridCellContext, GridHeaderContext } from './grid-cell-template';
import { GridHeader } from './grid-header';
import type { ColumnMove, ColumnWidth } from './grid-header';
import type { GridColumn, GridFocus, GridRange, GridRow, GridRows, GridSort } from './grid-model';
import { GridRowView } from './grid-row-view';
import { GridViewport } from './grid-viewport';
import { paintedRows } from './painted-rows';
import { RowAnchor } from './row-anchor';
import { isControl, isTextSelected, placeOf, rowOf } from './grid-event';

/** A row that is to be opened, and whether beside the page rather than in its place. */
export interface RowOpening<T> {
  readonly row: GridRow<T>;
  readonly beside: boolean;
}

const SLIDE_MILLIS = 220;

/**
 * A grid over a cursor of any length: paints what is seen, asks for what will be, keeps what is
 * under the pointer in place while rows come and go, and moves by keyboard cell by cell.
 */
@Component({
  selector: 'oriel-grid',
  imports: [GridHeader, GridRowView, GridViewport],
  templateUrl: './grid.html',
  styleUrl: './grid.scss',
})
export class Grid<T> {
  readonly rows = input.required<GridRows<T>>();
  readonly columns = input.required<readonly GridColumn[]>();
  readonly sort = input<readonly GridSort[]>([]);
  readonly label = input('Rows');
  readonly busy = input(false);
  readonly rowHeight = input(34);
  /** The row to begin with, once. */
  readonly firstRow = input(0);

  readonly sortChange = output<readonly GridSort[]>();
  readonly columnWidth = output<ColumnWidth>();
  readonly columnMove = output<ColumnMove>();
  readonly rowOpen = output<RowOpening<T>>();
  /** The rows that are seen, without those painted ahead. */
  readonly rangeChange = output<GridRange>();

  protected readonly headerHeight = 36;
  protected readonly cell = contentChild.required(GridCellTemplate, {
    read: TemplateRef<GridCellContext<T>>,
  });
  protected readonly extra = contentChild(GridHeaderExtraTemplate, {
    read: TemplateRef<GridHeaderContext>,
  });
  protected readonly viewport = viewChild.required(GridViewport);
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly injector = inject(Injector);

  protected readonly focus = linkedSignal<number, GridFocus>({
    source: () => this.columns().length,
    computation: (columns, previous) => ({
      row: previous?.value.row ?? 0,
      column: Math.max(0, Math.min(columns - 1, previous?.value.column ?? 0)),
    }),
  });
  protected readonly draggedWidth = signal<ColumnWidth | undefined>(undefined);
  protected readonly sliding = signal(false);
  /** Rows that came above what is seen. */
  protected readonly above = linkedSignal<boolean, number>({
    source: () => this.viewport().offset() < this.rowHeight(),
    computation: (atTop, previous) => (atTop ? 0 : (previous?.value ?? 0)),
  });

  private readonly laidOut = computed(() => {
    const dragged = this.draggedWidth();
    return dragged === undefined
      ? this.columns()
      : this.columns().map((it) => (it.key === dragged.key ? { ...it, width: dragged.width } : it));
  });
  protected readonly template = computed(
    () =>
      `${this.laidOut()
        .map((column) => `${column.width}px`)
        .join(' ')} 1fr`,
  );
  protected readonly totalWidth = computed(() =>
    Math.max(
      this.viewport().width(),
      this.laidOut().reduce((sum, column) => sum + column.width, 0),
    ),
  );
  protected readonly paintedColumns = computed(() =>
    columnWindow(this.laidOut(), this.viewport().left(), this.viewport().width()),
  );

  private readonly seen = computed<GridRange>(
    () => this.viewport().geometry().visible(this.viewport().offset()),
    { equal: sameRange },
  );
  protected readonly paintedRows = computed(() => {
    const viewport = this.viewport();
    return paintedRows(this.rows(), viewport.geometry(), viewport.offset(), this.focus().row);
  });

  private readonly anchor = new RowAnchor<T>();
  private pointerY: number | null = null;
  private hasFocus = false;
  private slideEnd: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const rows = this.rows();
      untracked(() => this.keepPlace(rows));
    });
    effect(() => this.rangeChange.emit(this.seen()));
    afterRenderEffect(() => {
      this.paintedRows();
      this.keepFocus(this.focus());
    });
  }

  /** Puts the keyboard on a cell and shows it. */
  focusCell(focus: GridFocus): void {
    this.focus.set(focus);
    this.show(focus);
    afterNextRender(() => this.cellElement(focus)?.focus({ preventScroll: true }), {
      injector: this.injector,
    });
  }

  protected press(event: KeyboardEvent): void {
    const focus = this.focus();
    if (event.defaultPrevented || event.altKey || isControl(event.target)) {
      return;
    }
    const row = focus.row < 0 ? undefined : this.rows().at(focus.row);
    if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      this.rowOpen.emit({ row, beside: event.ctrlKey || event.metaKey });
    } else if (event.key === 'F2') {
      this.cellElement(focus)?.querySelector<HTMLElement>('a, button')?.click();
    } else {
      const page = Math.max(1, this.seen().end - this.seen().start - 2);
      const bounds = { rows: this.rows().length, columns: this.columns().length, page };
      const next = moveFocus(focus, event.key, event.ctrlKey || event.metaKey, bounds);
      if (next !== undefined) {
        event.preventDefault();
        this.focusCell(next);
      }
    }
  }

  protected enter(event: FocusEvent): void {
    this.hasFocus = true;
    const place = placeOf(event.target);
    if (place !== undefined) {
      this.focus.set(place);
    }
  }

  protected leave(event: FocusEvent): void {
    const { relatedTarget, target } = event;
    if (relatedTarget instanceof Node) {
      this.hasFocus = this.scroller().nativeElement.contains(relatedTarget);
    } else {
      // A cell that is repainted takes the focus with it; the user has not left the grid then.
      queueMicrotask(() => {
        this.hasFocus &&= target instanceof Node && !target.isConnected;
      });
    }
  }

  protected hover(event: PointerEvent | null): void {
    this.pointerY =
      event === null || event.pointerType === 'touch'
        ? null
        : event.clientY -
          this.scroller().nativeElement.getBoundingClientRect().top -
          this.headerHeight;
  }

  protected click(event: MouseEvent): void {
    const index = rowOf(event.target);
    const row = index === undefined ? undefined : this.rows().at(index);
    if (row !== undefined && event.button < 2 && !isControl(event.target) && !isTextSelected()) {
      this.rowOpen.emit({ row, beside: event.ctrlKey || event.metaKey || event.button === 1 });
    }
  }

  protected settleWidth(width: ColumnWidth): void {
    this.draggedWidth.set(undefined);
    this.columnWidth.emit(width);
  }

  protected showTop(): void {
    this.viewport().scrollTo(0);
  }

  private keepPlace(rows: GridRows<T>): void {
    const viewport = this.viewport();
    const offset = viewport.offset();
    const { before } = this.anchor;
    const following = this.anchor.follow(rows, {
      offset,
      rowHeight: this.rowHeight(),
      seen: this.seen(),
      pointer: this.pointerY,
    });
    if (before?.generation === rows.generation) {
      this.followFocus(before, rows);
    }
    switch (following.kind) {
      case 'begin':
        viewport.scrollTo(this.firstRow() * this.rowHeight());
        break;
      case 'restart':
        viewport.scrollTo(0);
        break;
      case 'shift':
        viewport.scrollTo(offset + following.rows * this.rowHeight());
        this.above.update((above) => Math.max(0, above + following.rows));
        break;
      case 'slide':
        this.slide();
        break;
      case 'none':
        break;
    }
  }

  private followFocus(before: GridRows<T>, rows: GridRows<T>): void {
    const { row, column } = this.focus();
    const key = row < 0 ? undefined : before.at(row)?.key;
    const moved = key === undefined ? -1 : rows.indexOf(key);
    if (moved >= 0 && moved !== row) {
      this.focus.set({ row: moved, column });
    } else if (moved < 0 && key !== undefined && this.hasFocus) {
      this.focus.set({ row: Math.min(row, rows.length - 1), column });
    }
  }

  /** Puts the keyboard back on its cell when the cell had to be painted anew. */
  private keepFocus(focus: GridFocus): void {
    const active = document.activeElement;
    if (this.hasFocus && (active === null || active === document.body)) {
      this.cellElement(focus)?.focus({ preventScroll: true });
    }
  }

  private slide(): void {
    clearTimeout(this.slideEnd);
    this.sliding.set(true);
    this.slideEnd = setTimeout(() => this.sliding.set(false), SLIDE_MILLIS);
  }

  private show({ row, column }: GridFocus): void {
    const viewport = this.viewport();
    if (row >= 0) {
      viewport.scrollTo(viewport.geometry().offsetShowing(row, viewport.offset()));
    }
    const columns = this.laidOut();
    const start = columns.slice(0, column).reduce((sum, it) => sum + it.width, 0);
    if (column > 0) {
      viewport.scrollAcross(start, start + (columns[column]?.width ?? 0), columns[0]?.width ?? 0);
    }
  }

  private cellElement({ row, column }: GridFocus): HTMLElement | null {
    const line = row < 0 ? 'oriel-grid-header' : `oriel-grid-row[data-row="${row}"]`;
    return this.scroller().nativeElement.querySelector(`${line} [data-column="${column}"]`);
  }
}

function sameRange(a: GridRange, b: GridRange): boolean {
  return a.start === b.start && a.end === b.end;
}
