import { Component, input, linkedSignal, output } from '@angular/core';
import { parseJson, sameJson } from '../../model';
import type { Cell, JsonValue } from '../../model';
import { indentJson } from '../display/indent-json';

/** JSON as text; a value is given out only while the text can be read. */
@Component({
  selector: 'oriel-json-editor',
  template: `
    <textarea
      class="oriel-input json"
      rows="3"
      spellcheck="false"
      autocomplete="off"
      [id]="controlId()"
      [value]="text()"
      [placeholder]="placeholder()"
      [disabled]="disabled()"
      [attr.aria-describedby]="describedBy()"
      (input)="type($event)"
    ></textarea>
  `,
  styles: `
    @use './input';

    .json {
      font-family: var(--oriel-mono);
      font-size: 12px;
    }
  `,
})
export class JsonEditor {
  readonly controlId = input.required<string>();
  readonly describedBy = input.required<string>();
  readonly value = input.required<Cell | undefined>();
  readonly placeholder = input('');
  readonly disabled = input(false);

  readonly valueChange = output<JsonValue | undefined>();
  /** What is wrong with the text. */
  readonly unreadable = output<string>();

  protected readonly text = linkedSignal<Cell | undefined, string>({
    source: this.value,
    computation: (value, previous) => {
      if (previous !== undefined && sameJson(read(previous.value), value)) {
        return previous.value;
      }
      return value === null || value === undefined ? '' : indentJson(value);
    },
  });

  protected type(event: Event): void {
    const text = (event.target as HTMLTextAreaElement).value;
    this.text.set(text);
    if (text.trim() === '') {
      this.valueChange.emit(undefined);
      return;
    }
    try {
      this.valueChange.emit(parseJson(text));
    } catch (error) {
      this.unreadable.emit(error instanceof Error ? `Not JSON: ${error.message}` : 'Not JSON');
    }
  }
}

function read(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
