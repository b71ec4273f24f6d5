import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { FieldDisplay, FieldEditor } from '../../fields';
import { isAbout, plainProblem } from '../../model';
import type { Cell, Problem, RelationDetail } from '../../model';
import { Icon, Notice } from '../../ui';
import { RowLinks } from '../record-list/row-links';
import type { RowLink } from '../record-list/row-links';
import { formFields } from './field-state';
import type { FormField } from './field-state';
import { linkToOthers } from './other-rows';
import { draftValue, isEdited } from './record-draft';
import type { Draft } from './record-draft';

/** A form made of a relation's columns. It keeps nothing: the draft comes in, changes go out. */
@Component({
  selector: 'oriel-record-form',
  imports: [FieldDisplay, FieldEditor, Icon, MatButton, Notice, RouterLink],
  templateUrl: './record-form.html',
  styleUrl: './record-form.scss',
  providers: [RowLinks],
})
export class RecordForm {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly links = inject(RowLinks);

  readonly detail = input.required<RelationDetail>();
  readonly draft = input.required<Draft>();
  readonly mode = input.required<'create' | 'edit'>();
  readonly readOnly = input(false);
  /** Columns that somebody else has just changed. */
  readonly changedElsewhere = input<readonly string[]>([]);
  /** Why the last attempt to save failed. */
  readonly problem = input<Problem | null>(null);
  /** What is wrong with the input, by column. */
  readonly invalid = input<ReadonlyMap<string, string>>(new Map());

  readonly valueChange = output<{ readonly column: string; readonly value: Cell | undefined }>();
  readonly problemChange = output<{ readonly column: string; readonly problem: string | null }>();
  readonly resolved = output<{ readonly column: string; readonly keep: 'mine' | 'theirs' }>();

  protected readonly fields = computed(() =>
    formFields(this.detail(), this.mode(), this.readOnly()),
  );

  private readonly plain = computed(() => {
    const problem = this.problem();
    return problem && plainProblem(problem);
  });

  /** A problem of the row as a whole, or of a column that the form does not show. */
  protected readonly general = computed(() => {
    const problem = this.plain();
    return problem !== null && this.atField() === undefined ? problem : null;
  });

  /** The first field shown that the problem is about. */
  private readonly atField = computed(() => {
    const problem = this.plain();
    return problem === null
      ? undefined
      : this.fields().find(({ column }) => isAbout(problem, column.name));
  });

  /** To the other rows that the problem is about. */
  protected readonly others = computed(() => {
    const violation = this.problem()?.violation;
    return violation === undefined ? undefined : linkToOthers(violation);
  });

  constructor() {
    effect(() => {
      this.links.use(this.detail());
    });
  }

  /** To the row that a stored foreign key points to. */
  protected link({ column, foreignKey }: FormField): RowLink | undefined {
    const { base } = this.draft();
    return foreignKey && base && this.links.linkOf(this.detail(), column.name, base);
  }

  protected value({ column }: FormField): Cell | undefined {
    return draftValue(this.draft(), column.name);
  }

  /** Alternates, so that a second change starts the mark anew. */
  protected readonly markClass = linkedSignal<readonly string[], string>({
    source: this.changedElsewhere,
    computation: (_, previous) => (previous?.value === 'changed-a' ? 'changed-b' : 'changed-a'),
  });

  protected mark(field: FormField): string {
    const isFresh = this.changedElsewhere().includes(field.column.name);
    return isFresh && !this.isEdited(field) ? this.markClass() : '';
  }

  protected isEdited({ column }: FormField): boolean {
    return this.mode() === 'edit' && isEdited(this.draft(), column.name);
  }

  protected conflict({ column }: FormField): Cell | undefined {
    return this.draft().conflicts.find((it) => it.column === column.name)?.theirs;
  }

  protected error({ column }: FormField): string | null {
    const problem = this.plain();
    return problem !== null && isAbout(problem, column.name)
      ? [problem.message, problem.details].filter((it) => it !== null).join(' ')
      : (this.invalid().get(column.name) ?? null);
  }

  /** Whether the link to the other rows belongs to this field. */
  protected leadsToOthers(field: FormField): boolean {
    return this.atField() === field;
  }

  /** Puts the cursor into the first field, as shown, that is one of the columns. */
  focusFirst(columns: readonly string[]): void {
    const column = this.fields().find((it) => columns.includes(it.column.name))?.column.name;
    if (column === undefined) {
      return;
    }
    const field = this.host.nativeElement.querySelector(`[data-column="${CSS.escape(column)}"]`);
    field?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  }
}
