import { CdkDrag, CdkDragHandle, CdkDropList } from '@angular/cdk/drag-drop';
import type { CdkDragDrop } from '@angular/cdk/drag-drop';
import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { formatDescriptor } from '../../fields';
import { nameBesideLabel } from '../../model';
import type { Row } from '../../model';
import { Icon } from '../../ui';
import type { ColumnLayout } from './column-layout';
import { ColumnStore } from './column-store';
import { FormatPicker } from './format-picker';

/** The side panel in which the user shows, hides, orders and formats columns. */
@Component({
  selector: 'oriel-column-panel',
  imports: [
    CdkDrag,
    CdkDragHandle,
    CdkDropList,
    FormatPicker,
    Icon,
    MatButton,
    MatIconButton,
    MatTooltip,
  ],
  templateUrl: './column-panel.html',
  styleUrl: './column-panel.scss',
  host: { role: 'complementary', 'aria-label': 'Columns' },
})
export class ColumnPanel {
  /** Rows to show formats with. */
  readonly samples = input.required<readonly Row[]>();

  readonly closed = output();

  protected readonly store = inject(ColumnStore);
  protected readonly nameOf = nameBesideLabel;
  protected readonly search = signal('');
  protected readonly opened = signal<string | undefined>(undefined);
  protected readonly found = computed(() => {
    const term = this.search().trim().toLowerCase();
    return this.store
      .columns()
      .filter(
        ({ column, label }) =>
          column.name.toLowerCase().includes(term) || label.toLowerCase().includes(term),
      );
  });
  protected readonly saved = computed(() => {
    switch (this.store.saveState()) {
      case 'saving':
        return 'Saving…';
      case 'failed':
        return 'Not saved';
      case 'saved':
        return this.store.isDefault() ? 'Defaults' : 'Saved for you';
    }
  });

  protected formatLabel({ format }: ColumnLayout): string {
    return formatDescriptor(format.name).label;
  }

  protected open({ column }: ColumnLayout): void {
    this.opened.update((opened) => (opened === column.name ? undefined : column.name));
  }

  protected toggle({ column, hidden }: ColumnLayout): void {
    this.store.choose(column.name, { hidden: !hidden });
  }

  protected drop(event: CdkDragDrop<unknown, unknown, ColumnLayout>): void {
    const target = this.found()[event.currentIndex];
    if (target !== undefined) {
      this.place(event.item.data, this.store.columns().indexOf(target));
    }
  }

  /** Alt with an arrow moves a column by one place. */
  protected press(event: KeyboardEvent, layout: ColumnLayout): void {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step !== 0 && event.altKey) {
      event.preventDefault();
      const button = event.currentTarget as HTMLElement;
      this.place(layout, Math.max(0, this.store.columns().indexOf(layout) + step));
      setTimeout(() => button.focus());
    }
  }

  private place({ column }: ColumnLayout, place: number): void {
    this.store.move(column.name, place);
  }
}
