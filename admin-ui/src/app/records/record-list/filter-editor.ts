import { Component, computed, input, linkedSignal, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { columnLabel } from '../../model';
import type { Column } from '../../model';
import { inputOf, operatorsFor } from './filter-operators';
import { filterProblem } from './filter-problem';
import { valuesOf } from './grid-state';
import type { Filter, FilterOperator } from './grid-state';
import { periodsFor, plainPeriod } from './period';

/** Makes or changes one filter: the column, what is asked of it, and the values. */
@Component({
  selector: 'oriel-filter-editor',
  imports: [MatButton],
  templateUrl: './filter-editor.html',
  styleUrl: './filter-editor.scss',
})
export class FilterEditor {
  readonly columns = input.required<readonly Column[]>();
  readonly filter = input<Filter>();
  /** The column to begin with. */
  readonly column = input<string>();

  readonly apply = output<Filter>();
  readonly cancelled = output();

  protected readonly labelOf = columnLabel;
  protected readonly chosenColumn = linkedSignal(() => {
    const columns = this.columns();
    return columns.find((column) => column.name === this.column()) ?? columns[0];
  });
  protected readonly operators = computed(() => {
    const column = this.chosenColumn();
    return column === undefined ? [] : operatorsFor(column);
  });
  protected readonly operator = linkedSignal<FilterOperator>(() => {
    const filter = this.filter();
    const offered = this.operators();
    const kept = filter?.column === this.chosenColumn()?.name ? filter?.operator : undefined;
    return (
      offered.find((it) => it.operator === kept)?.operator ?? offered[0]?.operator ?? 'notnull'
    );
  });
  protected readonly values = linkedSignal<readonly string[]>(() => {
    const filter = this.filter();
    return filter?.column === this.chosenColumn()?.name ? (filter?.values ?? []) : [];
  });
  protected readonly inputKind = computed(() => {
    const column = this.chosenColumn();
    return column === undefined ? 'none' : inputOf(this.operator(), column);
  });
  protected readonly periods = computed(() => {
    const column = this.chosenColumn();
    return column === undefined ? [] : periodsFor(column);
  });
  protected readonly howMany = computed(() => valuesOf(this.operator()));
  protected readonly isTouched = signal(false);
  protected readonly problem = computed(() => filterProblem(this.result(), this.chosenColumn()));

  private readonly result = computed<Filter>(() => {
    const operator = this.operator();
    const values = this.values();
    return {
      column: this.chosenColumn()?.name ?? '',
      operator,
      values:
        valuesOf(operator) === 'none'
          ? []
          : operator === 'between'
            ? [values[0] ?? '', values[1] ?? '']
            : operator === 'within'
              ? [plainPeriod(values[0] ?? '')]
              : valuesOf(operator) === 'one'
                ? [values[0] ?? '']
                : values.filter((value) => value !== ''),
    };
  });

  protected chooseColumn(event: Event): void {
    this.chosenColumn.set(this.columns()[(event.target as HTMLSelectElement).selectedIndex]);
  }

  protected chooseOperator(event: Event): void {
    const chosen = this.operators()[(event.target as HTMLSelectElement).selectedIndex];
    if (chosen !== undefined) {
      this.operator.set(chosen.operator);
    }
  }

  protected type(place: number, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.values.update((values) => {
      const [first = '', second = ''] = values;
      return place === 0 ? [value, second] : [first, value];
    });
  }

  /** One value a line, as they are pasted from elsewhere. */
  protected typeList(event: Event): void {
    this.values.set((event.target as HTMLTextAreaElement).value.split('\n'));
  }

  protected toggle(value: string, event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    this.values.update((values) =>
      checked ? [...values, value] : values.filter((it) => it !== value),
    );
  }

  /** Asks for a period that is offered; no more is needed. */
  protected choosePeriod(text: string): void {
    this.values.set([text]);
    this.apply.emit(this.result());
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.isTouched.set(true);
    if (this.problem() === null) {
      this.apply.emit(this.result());
    }
  }
}
