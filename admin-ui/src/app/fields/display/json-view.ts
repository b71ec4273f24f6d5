import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { Component, computed, input, signal } from '@angular/core';
import { parseJson } from '../../model';
import type { Cell, JsonValue } from '../../model';
import { indentJson } from './indent-json';

/** JSON on one line, whole and indented in a popover. */
@Component({
  selector: 'oriel-json-view',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin],
  templateUrl: './json-view.html',
  styleUrl: './json-view.scss',
})
export class JsonView {
  readonly text = input.required<string>();
  readonly value = input.required<Cell>();

  protected readonly isOpen = signal(false);
  protected readonly whole = computed(() => {
    const value = this.value();
    return typeof value === 'string' ? indented(value) : indentJson(value);
  });

  protected close(): void {
    this.isOpen.set(false);
  }
}

/** A text column may hold JSON, or not. */
function indented(text: string): string {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch {
    return text;
  }
  return indentJson(value);
}
