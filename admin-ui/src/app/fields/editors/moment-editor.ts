import { Component, computed, input, output, viewChild } from '@angular/core';
import type { ElementRef } from '@angular/core';
import type { Column } from '../../model';
import { parseMoment } from '../formats/moment';

/** A date or timestamp as ISO text, with the browser's own picker beside it. */
@Component({
  selector: 'oriel-moment-editor',
  templateUrl: './moment-editor.html',
  styleUrl: './moment-editor.scss',
})
export class MomentEditor {
  readonly controlId = input.required<string>();
  readonly describedBy = input.required<string>();
  readonly column = input.required<Column>();
  readonly text = input.required<string>();
  readonly placeholder = input('');
  readonly disabled = input(false);

  /** The input event of the text box. */
  readonly textInput = output<Event>();
  /** What the picker picked. */
  readonly valueChange = output<string>();

  private readonly picker = viewChild.required<ElementRef<HTMLInputElement>>('picker');

  protected readonly pickerType = computed(() =>
    this.column().kind === 'date' ? 'date' : 'datetime-local',
  );
  protected readonly picked = computed(() => {
    const text = this.text();
    if (parseMoment(text) === undefined || text.endsWith('BC')) {
      return '';
    }
    const [date = '', clock = '00:00:00'] = text.split(/[T ]/);
    return this.column().kind === 'date' ? date : `${date}T${clock.slice(0, 8)}`;
  });

  protected open(): void {
    this.picker().nativeElement.showPicker();
  }

  protected pick(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    if (value !== '') {
      this.valueChange.emit(value.replace('T', ' ') + this.zone());
    }
  }

  /** The zone that the text already names; a timestamp without one has none. */
  private zone(): string {
    return this.column().kind === 'timestamptz'
      ? (/(?:Z|[+-]\d\d(?::?\d\d){0,2})$/i.exec(this.text().replace(/^\d+-\d\d-\d\d/, ''))?.[0] ??
          localOffset())
      : '';
  }
}

function localOffset(): string {
  const minutes = -new Date().getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}
