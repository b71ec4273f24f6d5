import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { problemOf, SettingsStore } from '../../backend';
import type { ColumnSettings, Problem, RelationDetail, RelationSettings } from '../../model';
import { layOutColumns, settingsOf, withChoice, withoutChoice, withPlace } from './column-layout';
import type { ColumnLayout } from './column-layout';

const PAUSE_MILLIS = 600;

/** Whether the user's settings have reached the server. */
export type SaveState = 'saved' | 'saving' | 'failed';

/** The columns as the user wants them: loaded once, kept on the server after each change. */
@Injectable()
export class ColumnStore {
  private readonly store = inject(SettingsStore);

  private readonly detail = signal<RelationDetail | undefined>(undefined);
  private readonly loaded = signal<RelationSettings | null | undefined>(undefined);
  private readonly saving = signal<SaveState>('saved');
  private readonly trouble = signal<Problem | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** All columns in order. */
  readonly columns = computed<readonly ColumnLayout[]>(() => {
    const detail = this.detail();
    return detail === undefined ? [] : layOutColumns(detail, this.loaded() ?? null);
  });
  readonly shown = computed(() => this.columns().filter((column) => !column.hidden));
  /** Whether the user's settings are known, or known not to be there. */
  readonly isReady = computed(() => this.loaded() !== undefined);
  readonly saveState = this.saving.asReadonly();
  readonly problem = this.trouble.asReadonly();
  readonly isDefault = computed(() => this.loaded() === null);

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      if (this.timer !== undefined) {
        clearTimeout(this.timer);
        void this.save();
      }
    });
  }

  /** Lays out the columns of a relation; called again when the relation changes. */
  use(detail: RelationDetail): void {
    const isFirst = this.detail() === undefined;
    this.detail.set(detail);
    if (isFirst) {
      void this.load(detail);
    }
  }

  choose(name: string, choice: Partial<ColumnSettings>): void {
    this.change(withChoice(this.columns(), name, choice));
  }

  forget(name: string, ...choices: readonly (keyof Omit<ColumnSettings, 'name'>)[]): void {
    this.change(withoutChoice(this.columns(), name, ...choices));
  }

  /** Hides nothing any more. */
  showAll(): void {
    const hidden = this.columns().filter((it) => it.hidden);
    if (hidden.length > 0) {
      this.change(
        hidden.reduce(
          (layout, { column }) => withChoice(layout, column.name, { hidden: false }),
          this.columns(),
        ),
      );
    }
  }

  /** Moves a column to a place among all columns. */
  move(name: string, place: number): void {
    this.change(withPlace(this.columns(), name, place));
  }

  /** Moves a column to a place among those shown. */
  moveShown(name: string, place: number): void {
    const others = this.columns().filter((it) => it.column.name !== name);
    const neighbour = this.shown().filter((it) => it.column.name !== name)[place];
    this.move(name, neighbour === undefined ? others.length : others.indexOf(neighbour));
  }

  /** Goes back to the defaults. */
  async reset(): Promise<void> {
    const detail = this.detail();
    if (detail === undefined) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = undefined;
    this.loaded.set(null);
    await this.send(() => this.store.reset(nameOf(detail)));
  }

  /** Tries again to keep what could not be kept. */
  async save(): Promise<void> {
    const detail = this.detail();
    this.timer = undefined;
    if (detail !== undefined) {
      await this.send(() => this.store.save(nameOf(detail), settingsOf(this.columns())));
    }
  }

  private change(layout: readonly ColumnLayout[]): void {
    this.loaded.set(settingsOf(layout));
    this.saving.set('saving');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), PAUSE_MILLIS);
  }

  private async load(detail: RelationDetail): Promise<void> {
    try {
      this.loaded.set(await this.store.load(nameOf(detail)));
    } catch {
      // The columns are worth showing without the user's settings, too.
      this.loaded.set(null);
    }
  }

  private async send(request: () => Promise<void>): Promise<void> {
    this.saving.set('saving');
    try {
      await request();
      this.trouble.set(null);
      if (this.timer === undefined) {
        this.saving.set('saved');
      }
    } catch (error) {
      this.trouble.set(problemOf(error));
      this.saving.set('failed');
    }
  }
}

function nameOf({ schema, name }: RelationDetail): { schema: string; relation: string } {
  return { schema, relation: name };
}
