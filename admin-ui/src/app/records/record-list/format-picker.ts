import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { FieldDisplay, formatDescriptor, formatsFor, guessFormat } from '../../fields';
import type { FormatOption } from '../../fields';
import type { Cell, FormatName, Row } from '../../model';
import type { ColumnLayout } from './column-layout';
import { ColumnStore } from './column-store';

const MOST_SAMPLES = 3;

/** Picks the format of a column and its options, with real values to see what comes of it. */
@Component({
  selector: 'oriel-format-picker',
  imports: [FieldDisplay, MatButton],
  templateUrl: './format-picker.html',
  styleUrl: './format-picker.scss',
})
export class FormatPicker {
  readonly layout = input.required<ColumnLayout>();
  readonly samples = input.required<readonly Row[]>();

  private readonly store = inject(ColumnStore);

  protected readonly formats = computed(() => formatsFor(this.layout().column));
  protected readonly descriptor = computed(() => formatDescriptor(this.layout().format.name));
  protected readonly origin = computed(() => {
    const { chosen, column } = this.layout();
    if (chosen.format !== undefined || chosen.options !== undefined) {
      return 'Chosen by you';
    }
    return column.presentation.format === null
      ? 'Guessed from the column'
      : 'Set by the application';
  });
  protected readonly isChosen = computed(() => {
    const { format, options, width } = this.layout().chosen;
    return format !== undefined || options !== undefined || width !== undefined;
  });
  protected readonly values = computed<readonly Cell[]>(() => {
    const { name } = this.layout().column;
    const values = this.samples().flatMap((row) => row[name] ?? []);
    return values.filter((value) => value !== '').slice(0, MOST_SAMPLES);
  });

  protected optionOf({ name, initial }: FormatOption): string {
    return this.layout().format.options[name] ?? initial;
  }

  protected idOf({ name }: FormatOption): string {
    return `oriel-option-${this.layout().column.name}-${name}`;
  }

  protected choose(event: Event): void {
    const chosen = this.formats()[(event.target as HTMLSelectElement).selectedIndex];
    if (chosen !== undefined) {
      this.store.choose(this.layout().column.name, {
        format: chosen.name,
        options: this.optionsFor(chosen.name),
      });
    }
  }

  protected setOption({ name, initial }: FormatOption, event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    const { format, column } = this.layout();
    const others = Object.entries(format.options).filter(([option]) => option !== name);
    // What is the default in any case need not be kept, unless a guess says otherwise.
    const guessed = guessFormat(column).options[name] !== undefined;
    const options = Object.fromEntries(
      value === initial && !guessed ? others : [...others, [name, value]],
    );
    this.store.choose(column.name, { format: format.name, options });
  }

  protected reset(): void {
    this.store.forget(this.layout().column.name, 'format', 'options', 'width');
  }

  private optionsFor(format: FormatName): Readonly<Record<string, string>> {
    const { column } = this.layout();
    const guess = guessFormat(column);
    const given = column.presentation.format === format ? column.presentation.options : {};
    return { ...(guess.name === format ? guess.options : {}), ...given };
  }
}
