import { Component, computed, inject, input } from '@angular/core';
import type { Cell, Column } from '../../model';
import { formatCell } from '../formats/format-cell';
import { formatOf } from '../formats/guess-format';
import type { CellFormat } from '../formats/cell-format';
import { Clock } from './clock';
import { ImageView } from './image-view';
import { JsonView } from './json-view';
import { DISPLAY_LOCALE } from './locale';

/** A value as its column's format shows it, on one line. NULL and empty text are told apart. */
@Component({
  selector: 'oriel-field-display',
  imports: [ImageView, JsonView],
  templateUrl: './field-display.html',
  styleUrl: './field-display.scss',
})
export class FieldDisplay {
  readonly column = input.required<Column>();
  readonly value = input.required<Cell>();
  /** Without it, the column's own format applies. */
  readonly format = input<CellFormat>();

  private readonly clock = inject(Clock);
  private readonly locale = inject(DISPLAY_LOCALE);

  protected readonly view = computed(() => {
    const format = this.format() ?? formatOf(this.column());
    const now = format.name === 'relative' ? this.clock.now() : 0;
    return formatCell(this.value(), this.column(), format, { locale: this.locale, now });
  });
}
