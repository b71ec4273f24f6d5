import { MatMenuModule } from '@angular/material/menu';
import { Component, computed, effect, input, linkedSignal, output, signal } from '@angular/core';
import { columnLabel, nameBesideLabel, sameJson } from '../../model';
import type { Cell, Column, ForeignKey } from '../../model';
import { BooleanEditor } from './boolean-editor';
import { ChoiceEditor } from './choice-editor';
import {
  clearedValue,
  editorKind,
  holdsObject,
  stateOf,
  textOfValue,
  valueOfText,
} from './editor-kind';
import { fieldProblem, hasDefault } from './field-problem';
import { JsonEditor } from './json-editor';
import { MomentEditor } from './moment-editor';
import { ReferencePicker } from '../reference/reference-picker';

let editors = 0;

/**
 * Edits a value with the control that suits its column. NULL, empty text and the default (which is
 * `undefined`) are three states, each said and each to be set from the menu.
 */
@Component({
  selector: 'oriel-field-editor',
  imports: [BooleanEditor, ChoiceEditor, JsonEditor, MatMenuModule, MomentEditor, ReferencePicker],
  templateUrl: './field-editor.html',
  styleUrl: './field-editor.scss',
})
export class FieldEditor {
  readonly column = input.required<Column>();
  readonly value = input.required<Cell | undefined>();
  /** What the server found wrong with the value. */
  readonly error = input<string | null>(null);
  readonly disabled = input(false);
  /** With it, rows of the referenced relation can be searched. */
  readonly foreignKey = input<ForeignKey>();

  readonly valueChange = output<Cell | undefined>();
  /** What the editor itself finds wrong; the value must not be saved until it is null. */
  readonly problemChange = output<string | null>();

  protected readonly id = `oriel-field-${++editors}`;
  protected readonly messageId = `${this.id}-message`;
  protected readonly kind = computed(() => {
    if (this.foreignKey() !== undefined) {
      return 'reference';
    }
    return this.isComposite() ? 'json' : editorKind(this.column());
  });
  protected readonly state = computed(() => stateOf(this.value()));
  protected readonly stateLabel = computed(() =>
    this.state() === 'default' && this.required() ? '' : STATE_LABELS[this.state()],
  );
  protected readonly label = computed(() => columnLabel(this.column()));
  protected readonly name = computed(() => nameBesideLabel(this.column()));
  protected readonly required = computed(() => !hasDefault(this.column()));
  protected readonly canDefault = computed(() => {
    const { default: expression, identity } = this.column();
    return expression !== null || identity !== null;
  });
  protected readonly canEmpty = computed(
    () => this.column().kind === 'text' && !this.column().array,
  );
  /** Where the control itself does not offer all special values. */
  protected readonly hasMenu = computed(() => {
    const special =
      this.kind() === 'choice'
        ? false
        : this.kind() === 'boolean'
          ? this.canDefault()
          : this.column().nullable || this.canDefault() || this.canEmpty();
    return special && !this.disabled();
  });
  protected readonly placeholder = computed(() => {
    const { default: expression, identity } = this.column();
    switch (this.state()) {
      case 'null':
        return 'NULL';
      case 'empty':
        return 'empty text';
      case 'default':
        return identity !== null
          ? 'generated'
          : (expression ?? (this.column().nullable ? 'NULL' : ''));
      case 'value':
        return '';
    }
  });
  protected readonly inputMode = computed(() => {
    const { kind, array } = this.column();
    return array ? 'text' : kind === 'integer' ? 'numeric' : kind === 'number' ? 'decimal' : 'text';
  });
  protected readonly text = linkedSignal<Cell | undefined, string>({
    source: this.value,
    computation: (value, previous) =>
      previous !== undefined && sameJson(valueOfText(this.column(), previous.value), value)
        ? previous.value
        : textOfValue(value),
  });
  /** Composites go as JSON, as they come; a column is known for one by the values it had. */
  private readonly isComposite = linkedSignal<Cell | undefined, boolean>({
    source: this.value,
    computation: (value, previous) => previous?.value === true || holdsObject(value),
  });
  protected readonly length = computed(() => Array.from(this.text()).length);
  protected readonly message = computed(
    () => this.error() ?? (this.isTouched() ? this.problem() : null),
  );

  protected readonly unreadable = signal<string | null>(null);
  private readonly isTouched = signal(false);
  private readonly problem = computed(
    () => this.unreadable() ?? fieldProblem(this.column(), this.value()),
  );

  constructor() {
    effect(() => this.problemChange.emit(this.problem()));
  }

  protected type(event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLTextAreaElement;
    this.text.set(value);
    this.change(value === '' ? clearedValue(this.column()) : valueOfText(this.column(), value));
  }

  protected change(value: Cell | undefined): void {
    this.unreadable.set(null);
    this.valueChange.emit(value);
  }

  protected touch(): void {
    this.isTouched.set(true);
  }
}

const STATE_LABELS = { null: 'NULL', empty: 'empty', default: 'default', value: '' } as const;
