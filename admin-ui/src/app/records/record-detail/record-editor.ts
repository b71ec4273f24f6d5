import { computed, inject, Service, signal } from '@angular/core';
import { problemOf, Rows } from '../../backend';
import type { RowName } from '../../backend';
import { isAbout, sameJson } from '../../model';
import type { Cell, Problem, RelationName, Row, VersionedRow } from '../../model';
import { changesOf, edit, NEW_DRAFT, rebase, resolve, wholeOf } from '../record-form/record-draft';
import type { Draft } from '../record-form/record-draft';

/**
 * - `missing`: there is no such row;
 * - `failed`: the row could not be read;
 * - `gone`: the row was deleted while it was shown, the input is kept.
 */
export type RecordStatus = 'loading' | 'ready' | 'missing' | 'failed' | 'gone';

const STALE = 412;
const NOTHING_INVALID: ReadonlyMap<string, string> = new Map();

/** One row being shown and edited: what is known, what was typed, what happens to both. */
@Service({ autoProvided: false })
export class RecordEditor {
  private readonly rows = inject(Rows);
  private readonly state = signal<Draft>(NEW_DRAFT);
  private readonly current = signal<RecordStatus>('loading');
  private readonly refused = signal<Problem | null>(null);
  private readonly busy = signal(false);
  private readonly changed = signal<readonly string[]>([]);
  private readonly invalid = signal(NOTHING_INVALID);
  private readonly attempted = signal(false);
  private version: string | null = null;
  private name: RowName | undefined;
  /** What arrived while a write was under way, which may be that very write. */
  private held: VersionedRow | null | undefined;

  readonly draft = this.state.asReadonly();
  readonly status = this.current.asReadonly();
  /** Why the row could not be read or written. */
  readonly problem = this.refused.asReadonly();
  readonly isSaving = this.busy.asReadonly();
  /** The columns that changed elsewhere with the last message. */
  readonly changedElsewhere = this.changed.asReadonly();
  /** What the editors find wrong with their input, by column; said once it was to be stored. */
  readonly invalidInput = computed(() => (this.attempted() ? this.invalid() : NOTHING_INVALID));
  readonly isDirty = computed(() => this.state().edits.size > 0);

  /** Starts a row that does not exist yet. */
  create(): void {
    this.reset(undefined, 'ready');
  }

  /** Reads a row to show it. */
  async open(name: RowName): Promise<void> {
    this.reset(name, 'loading');
    await this.read(name);
  }

  /** Reads the row again after it could not be read. */
  async reload(): Promise<void> {
    if (this.name !== undefined) {
      await this.read(this.name);
    }
  }

  /** Takes over the row as it is now; null when it is gone. */
  receive(row: VersionedRow | null): void {
    if (this.busy()) {
      this.held = row;
    } else if (row === null) {
      this.current.set(this.state().base === undefined ? 'missing' : 'gone');
    } else {
      this.take(row);
    }
  }

  /** Takes over what the user typed. */
  edit(column: string, value: Cell | undefined): void {
    this.state.update((it) => edit(it, column, value));
    const problem = this.refused();
    if (problem !== null && isAbout(problem, column)) {
      this.refused.set(null);
    }
  }

  /** Notes what an editor finds wrong with its input. */
  mark(column: string, problem: string | null): void {
    if ((this.invalid().get(column) ?? null) === problem) {
      return;
    }
    const invalid = new Map(this.invalid());
    if (problem === null) {
      invalid.delete(column);
    } else {
      invalid.set(column, problem);
    }
    this.invalid.set(invalid);
  }

  /** Whether all input can be stored; from now on the user is told what cannot. */
  check(): boolean {
    this.attempted.set(true);
    return this.invalid().size === 0;
  }

  /** Takes over a decision about a conflict. */
  resolve(column: string, keep: 'mine' | 'theirs'): void {
    this.state.update((it) => resolve(it, column, keep));
    this.refused.set(null);
  }

  /** Goes back to the row as it is stored. */
  discard(): void {
    this.state.update(({ base }) => ({ ...NEW_DRAFT, base }));
    this.refused.set(null);
  }

  /** Stores what the user changed. Answers the row, or null where that was refused. */
  async save(): Promise<Row | null> {
    const { name, version } = this;
    const draft = this.state();
    if (name === undefined || version === null || draft.conflicts.length > 0) {
      return null;
    }
    return this.write(
      () => this.rows.update(name, changesOf(draft), version),
      (problem) => this.saveOverChange(problem),
    );
  }

  /** Stores the draft as a new row. Answers the row, or null where that was refused. */
  insert(relation: RelationName, columns: readonly string[]): Promise<Row | null> {
    const whole = wholeOf(this.state(), columns);
    return this.write(() => this.rows.insert(relation, whole));
  }

  /** Deletes the row. Answers whether it is gone. */
  async remove(): Promise<boolean> {
    const { name, version } = this;
    if (name === undefined || version === null) {
      return false;
    }
    this.begin();
    try {
      await this.rows.remove(name, version);
      this.state.set(NEW_DRAFT);
      return true;
    } catch (error) {
      await this.refuse(problemOf(error));
      return false;
    } finally {
      this.end();
    }
  }

  /** Where only columns the user did not touch were changed, the save goes on; else it waits. */
  private async saveOverChange(problem: Problem): Promise<Row | null> {
    if (problem.status !== STALE || this.status() !== 'ready') {
      return null;
    }
    const draft = this.state();
    if (draft.conflicts.length > 0 || !this.isDirty()) {
      this.refused.set(null);
      return this.isDirty() ? null : (draft.base ?? null);
    }
    const { name, version } = this;
    return name === undefined || version === null
      ? null
      : this.write(() => this.rows.update(name, changesOf(draft), version));
  }

  private async write(
    work: () => Promise<VersionedRow>,
    otherwise: (problem: Problem) => Promise<Row | null> = () => Promise.resolve(null),
  ): Promise<Row | null> {
    this.begin();
    try {
      const stored = await work();
      this.state.set({ ...NEW_DRAFT, base: stored.row });
      this.version = stored.version;
      this.current.set('ready');
      this.end();
      return stored.row;
    } catch (error) {
      const problem = problemOf(error);
      await this.refuse(problem);
      this.end();
      return otherwise(problem);
    }
  }

  private begin(): void {
    this.busy.set(true);
    this.refused.set(null);
    this.held = undefined;
  }

  private end(): void {
    const { held } = this;
    this.held = undefined;
    this.busy.set(false);
    if (held !== undefined) {
      this.receive(held);
    }
  }

  private async refuse(problem: Problem): Promise<void> {
    this.refused.set(problem);
    if (problem.status !== STALE || this.name === undefined) {
      return;
    }
    try {
      this.take(await this.rows.row(this.name));
    } catch (error) {
      if (isMissing(problemOf(error))) {
        this.current.set('gone');
      }
    }
  }

  private async read(name: RowName): Promise<void> {
    this.refused.set(null);
    try {
      const row = await this.rows.row(name);
      if (this.name === name && this.current() !== 'ready') {
        this.take(row);
      }
    } catch (error) {
      if (this.name === name && this.current() !== 'ready') {
        const problem = problemOf(error);
        this.refused.set(problem);
        this.current.set(isMissing(problem) ? 'missing' : 'failed');
      }
    }
  }

  private take({ row, version }: VersionedRow): void {
    const { base } = this.state();
    this.changed.set(
      base === undefined
        ? []
        : Object.keys(row).filter((column) => !sameJson(row[column], base[column])),
    );
    this.state.update((it) => (it.base === undefined ? { ...it, base: row } : rebase(it, row)));
    this.version = version;
    this.current.set('ready');
  }

  private reset(name: RowName | undefined, status: RecordStatus): void {
    this.name = name;
    this.version = null;
    this.held = undefined;
    this.state.set(NEW_DRAFT);
    this.refused.set(null);
    this.changed.set([]);
    this.invalid.set(NOTHING_INVALID);
    this.attempted.set(false);
    this.current.set(status);
  }
}

function isMissing({ status }: Problem): boolean {
  return status === 404 || status === 406;
}
