import {
  Component,
  computed,
  DestroyRef,
  effect,
  inject,
  input,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Router, RouterLink } from '@angular/router';
import { Outage } from '../../backend';
import type { RowName } from '../../backend';
import { rowTitle } from '../../fields';
import { liveWindow } from '../../live';
import {
  keyOf,
  keyQuery,
  keyText,
  relationPath,
  rowPath,
  versioned,
  writeJson,
  writeQuery,
} from '../../model';
import type { RelationDetail, Row } from '../../model';
import { Session, UnsavedWork } from '../../session';
import { EmptyState, Icon, Notice } from '../../ui';
import { Confirm } from '../../ui/confirm';
import { ConflictTable } from '../record-form/conflict-table';
import { RecordForm } from '../record-form/record-form';
import { wholeOf } from '../record-form/record-draft';
import { RecordEditor } from './record-editor';
import { RelatedLists } from './related-lists';

/** One row: its form, and what refers to it. Without a key, the form for a new row. */
@Component({
  selector: 'oriel-record-detail',
  imports: [
    ConflictTable,
    EmptyState,
    Icon,
    MatButton,
    Notice,
    RecordForm,
    RelatedLists,
    RouterLink,
  ],
  templateUrl: './record-detail.html',
  styleUrl: './record-detail.scss',
  providers: [RecordEditor],
  host: { '(document:keydown)': 'handleKey($event)' },
})
export class RecordDetail {
  private readonly router = inject(Router);
  private readonly confirm = inject(Confirm);
  private readonly snackBar = inject(MatSnackBar);
  private readonly outage = inject(Outage);
  private readonly form = viewChild(RecordForm);
  private isLeaving = false;

  readonly detail = input.required<RelationDetail>();
  readonly key = input<readonly string[]>();

  protected readonly editor = inject(RecordEditor);
  protected readonly session = inject(Session);

  protected readonly relation = computed(() => {
    const { schema, name } = this.detail();
    return { schema, relation: name };
  });
  protected readonly tablePath = computed(() => relationPath(this.relation()));
  protected readonly mode = computed(() => (this.key() === undefined ? 'create' : 'edit'));
  protected readonly keyText = computed(() => keyText(this.key() ?? []));
  protected readonly title = computed(() => {
    const { base } = this.editor.draft();
    return base === undefined ? this.keyText() : rowTitle(this.detail(), base);
  });
  protected readonly canDelete = computed(
    () =>
      this.mode() === 'edit' &&
      this.editor.status() === 'ready' &&
      this.detail().permissions.delete &&
      !this.session.readOnly(),
  );
  protected readonly canInsert = computed(
    () => this.detail().permissions.insert && !this.session.readOnly(),
  );

  private readonly name = computed<RowName | undefined>(
    () => {
      const key = this.key();
      const { primaryKey } = this.detail();
      return key && { ...this.relation(), primaryKey, key };
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );

  constructor() {
    liveWindow(
      () => {
        const name = this.name();
        return (
          name && {
            schema: name.schema,
            relation: name.relation,
            query: writeQuery([...keyQuery(name.primaryKey, name.key), ['limit', '1']]),
            versions: true,
            count: 'none',
          }
        );
      },
      ({ rows: [row] }) => {
        this.receive(row);
      },
    );
    effect(() => {
      const name = this.name();
      untracked(() => {
        if (name === undefined) {
          this.editor.create();
        } else {
          void this.editor.open(name);
        }
      });
    });
    effect(() => {
      if (this.outage.recoveries() > 0) {
        untracked(() => void this.editor.reload());
      }
    });
    const holder = Symbol('record');
    const unsaved = inject(UnsavedWork);
    effect(() => {
      unsaved.set(holder, this.editor.isDirty());
    });
    inject(DestroyRef).onDestroy(() => {
      unsaved.set(holder, false);
    });
  }

  /** Whether the page may be left: nothing typed is lost unasked. */
  mayLeave(): boolean | Promise<boolean> {
    return (
      this.isLeaving ||
      !this.editor.isDirty() ||
      this.confirm.ask({
        title: 'Leave without saving?',
        text: 'What you typed here is not saved.',
        yes: 'Leave',
        no: 'Stay',
        destructive: true,
      })
    );
  }

  protected async save(): Promise<void> {
    if (this.editor.isSaving()) {
      return;
    }
    if (!this.editor.check()) {
      this.form()?.focusFirst([...this.editor.invalidInput().keys()]);
      return;
    }
    if (this.mode() === 'create') {
      await this.insert();
      return;
    }
    const row = await this.editor.save();
    if (row === null) {
      this.focusProblem();
      return;
    }
    this.snackBar.open('Saved', undefined, { duration: 2500 });
    const key = keyOf(row, this.detail().primaryKey);
    if (key !== null && key.join() !== this.key()?.join()) {
      await this.go(rowPath(this.relation(), key), true);
    }
  }

  protected async insert(): Promise<void> {
    const detail = this.detail();
    const columns = detail.columns
      .filter((it) => it.insertable && !it.generated && it.identity !== 'always')
      .map((it) => it.name);
    const row = await this.editor.insert(this.relation(), columns);
    if (row === null) {
      this.focusProblem();
      return;
    }
    this.snackBar.open('Created', undefined, { duration: 2500 });
    const key = keyOf(row, detail.primaryKey);
    await this.go(key === null ? this.tablePath() : rowPath(this.relation(), key), true);
  }

  protected async remove(): Promise<void> {
    const { length } = this.detail().referencedBy;
    const sure = await this.confirm.ask({
      title: `Delete “${this.title()}”?`,
      text:
        length > 0
          ? 'This cannot be undone. Rows that refer to it may go with it, or keep it from going.'
          : 'This cannot be undone.',
      yes: 'Delete',
      destructive: true,
    });
    if (sure && (await this.editor.remove())) {
      this.snackBar.open('Deleted', undefined, { duration: 2500 });
      await this.go(this.tablePath(), true);
    }
  }

  protected async copy(): Promise<void> {
    const columns = this.detail().columns.map((it) => it.name);
    await navigator.clipboard.writeText(writeJson(wholeOf(this.editor.draft(), columns)));
    this.snackBar.open('Copied', undefined, { duration: 2500 });
  }

  protected handleKey(event: KeyboardEvent): void {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      if (this.mode() === 'create' || this.editor.isDirty()) {
        void this.save();
      }
    }
  }

  private receive(row: Row | undefined): void {
    this.editor.receive(row === undefined ? null : versioned(row));
  }

  private focusProblem(): void {
    const problem = this.editor.problem();
    if (problem !== null) {
      const { column, violation } = problem;
      this.form()?.focusFirst(column === null ? (violation?.columns ?? []) : [column]);
    }
  }

  private async go(path: readonly string[], replaceUrl: boolean): Promise<void> {
    this.isLeaving = true;
    await this.router.navigate([...path], { replaceUrl });
    this.isLeaving = false;
  }
}
