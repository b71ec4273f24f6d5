import { Directive } from '@angular/core';
import type { GridColumn, GridRow } from './grid-model';

/** What the template of a cell is given. */
export interface GridCellContext<T> {
  readonly $implicit: T;
  readonly row: GridRow<T>;
  readonly column: GridColumn;
}

/** Marks the template that paints the content of every cell. */
@Directive({ selector: 'ng-template[orielGridCell]' })
export class GridCellTemplate<T> {
  static ngTemplateContextGuard<T>(
    _directive: GridCellTemplate<T>,
    context: unknown,
  ): context is GridCellContext<T> {
    return true;
  }
}

/** Marks the template that paints what stands beside the label in every header cell. */
@Directive({ selector: 'ng-template[orielGridHeaderExtra]' })
export class GridHeaderExtraTemplate {
  static ngTemplateContextGuard(
    _directive: GridHeaderExtraTemplate,
    context: unknown,
  ): context is { readonly $implicit: GridColumn } {
    return true;
  }
}
