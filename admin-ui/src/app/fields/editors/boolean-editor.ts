import { Component, computed, input, output } from '@angular/core';
import type { Cell } from '../../model';

/** True or false, or NULL where the column allows it. */
@Component({
  selector: 'oriel-boolean-editor',
  template: `
    <div
      class="choices"
      role="radiogroup"
      [id]="controlId()"
      [attr.aria-describedby]="describedBy()"
    >
      @for (choice of choices(); track choice.label) {
        <label class="choice" [class.chosen]="choice.value === value()">
          <input
            type="radio"
            class="visually-hidden"
            [name]="controlId()"
            [checked]="choice.value === value()"
            [disabled]="disabled()"
            (change)="valueChange.emit(choice.value)"
          />
          {{ choice.label }}
        </label>
      }
    </div>
  `,
  styleUrl: './boolean-editor.scss',
})
export class BooleanEditor {
  readonly controlId = input.required<string>();
  readonly describedBy = input.required<string>();
  readonly value = input.required<Cell | undefined>();
  readonly nullable = input(false);
  readonly disabled = input(false);

  readonly valueChange = output<boolean | null>();

  protected readonly choices = computed(() => [
    { value: true, label: 'true' },
    { value: false, label: 'false' },
    ...(this.nullable() ? [{ value: null, label: 'NULL' }] : []),
  ]);
}
