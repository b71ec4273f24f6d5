import { Component, computed, input, output } from '@angular/core';
import type { Cell, Column } from '../../model';
import { hasDefault } from './field-problem';

/** One of an enum's values, in declared order. */
@Component({
  selector: 'oriel-choice-editor',
  template: `
    <select
      class="oriel-input"
      [id]="controlId()"
      [disabled]="disabled()"
      [attr.aria-describedby]="describedBy()"
      (change)="choose($event)"
    >
      @for (choice of choices(); track $index) {
        <option [value]="$index" [selected]="choice.value === value()">{{ choice.label }}</option>
      }
    </select>
  `,
  styles: `
    @use './input';
  `,
})
export class ChoiceEditor {
  readonly controlId = input.required<string>();
  readonly describedBy = input.required<string>();
  readonly column = input.required<Column>();
  readonly value = input.required<Cell | undefined>();
  readonly disabled = input(false);

  readonly valueChange = output<string | null | undefined>();

  protected readonly choices = computed<readonly Choice[]>(() => {
    const column = this.column();
    const value = this.value();
    const declared = column.enumValues ?? [];
    const stranger = typeof value === 'string' && !declared.includes(value) ? [value] : [];
    const byDefault = hasDefault(column) ? `default (${column.default ?? 'NULL'})` : 'Choose…';
    return [
      ...(value === undefined || column.default !== null
        ? [{ value: undefined, label: byDefault }]
        : []),
      ...(value === null || column.nullable ? [{ value: null, label: 'NULL' }] : []),
      ...[...declared, ...stranger].map((it) => ({ value: it, label: it })),
    ];
  });

  protected choose(event: Event): void {
    const choice = this.choices()[(event.target as HTMLSelectElement).selectedIndex];
    if (choice !== undefined) {
      this.valueChange.emit(choice.value);
    }
  }
}

interface Choice {
  readonly value: string | null | undefined;
  readonly label: string;
}
