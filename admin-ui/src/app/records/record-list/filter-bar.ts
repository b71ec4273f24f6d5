import { CdkConnectedOverlay } from '@angular/cdk/overlay';
import type { FlexibleConnectedPositionStrategyOrigin } from '@angular/cdk/overlay';
import { CdkTrapFocus } from '@angular/cdk/a11y';
import { Component, computed, input, output, signal } from '@angular/core';
import { columnLabel } from '../../model';
import type { Column } from '../../model';
import { Icon } from '../../ui';
import { FilterEditor } from './filter-editor';
import { signOf } from './filter-operators';
import { filterProblem } from './filter-problem';
import type { Filter } from './grid-state';

interface Chip {
  readonly filter: Filter;
  readonly label: string;
  readonly sign: string;
  readonly value: string;
  readonly problem: string | null;
}

interface Editing {
  readonly origin: FlexibleConnectedPositionStrategyOrigin;
  /** The place of the filter among all, one behind the last for a new one. */
  readonly place: number;
  readonly filter: Filter | undefined;
  readonly column: string | undefined;
}

/** The filters as chips, each to be edited or removed; a wrong one says what is wrong with it. */
@Component({
  selector: 'oriel-filter-bar',
  imports: [CdkConnectedOverlay, CdkTrapFocus, FilterEditor, Icon],
  templateUrl: './filter-bar.html',
  styleUrl: './filter-bar.scss',
})
export class FilterBar {
  readonly columns = input.required<readonly Column[]>();
  readonly filters = input.required<readonly Filter[]>();

  readonly filtersChange = output<readonly Filter[]>();

  protected readonly editing = signal<Editing | undefined>(undefined);
  protected readonly chips = computed<readonly Chip[]>(() => {
    const columns = new Map(this.columns().map((column) => [column.name, column]));
    return this.filters().map((filter) => {
      const column = columns.get(filter.column);
      return {
        filter,
        label: column === undefined ? filter.column : columnLabel(column),
        sign: signOf(filter.operator),
        value: filter.values.join(filter.operator === 'between' ? ' – ' : ', '),
        problem: filterProblem(filter, column),
      };
    });
  });

  /** Opens the editor for a new filter, beside the element given. */
  add(origin: Element, column?: string): void {
    this.editing.set({ origin, place: this.filters().length, filter: undefined, column });
  }

  protected edit(origin: Element, place: number): void {
    const filter = this.filters()[place];
    this.editing.set({ origin, place, filter, column: filter?.column });
  }

  protected apply(filter: Filter): void {
    const place = this.editing()?.place ?? this.filters().length;
    const filters = this.filters();
    this.filtersChange.emit([...filters.slice(0, place), filter, ...filters.slice(place + 1)]);
    this.close();
  }

  protected remove(place: number): void {
    this.filtersChange.emit(this.filters().filter((_, index) => index !== place));
  }

  protected clear(): void {
    this.filtersChange.emit([]);
  }

  protected close(): void {
    this.editing.set(undefined);
  }
}
