import { Directive, input } from '@angular/core';
import type { GridColumn, GridRow, GridRows } from './grid-model';

/** What the template of a cell is given. */
export interface GridCellContext<T> {
  readonly $implicit: T;
  readonly row: GridRow<T>;
  readonly column: GridColumn;
}

/** What the template beside a header's label is given. */
export interface GridHeaderContext {
  readonly $implicit: GridColumn;
}

/** Marks the template that paints the content of every cell. */
@Directive({ selector: 'ng-template[orielGridCell]' })
export class GridCellTemplate<T> {
  /** The rows of the grid, which say what the template is given. */
  readonly orielGridCell = input.required<GridRows<T>>();

  static ngTemplateContextGuard<T>(
    _template: GridCellTemplate<T>,
    _context: unknown,
  ): _context is GridCellContext<T> {
    return true;
  }
}

/** Marks the template that paints what stands beside the label in every header cell. */
@Directive({ selector: 'ng-template[orielGridHeaderExtra]' })
export class GridHeaderExtraTemplate {
  static ngTemplateContextGuard(
    _template: GridHeaderExtraTemplate,
    _context: unknown,
  ): _context is GridHeaderContext {
    return true;
  }
}
