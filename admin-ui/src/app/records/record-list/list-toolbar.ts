import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';
import { DISPLAY_LOCALE } from '../../fields';
import { newRowPath } from '../../model';
import type { Problem, RelationDetail, RowCount } from '../../model';
import { Icon } from '../../ui';
import { LiveIndicator } from './live-indicator';
import { SearchBox } from './search-box';
import { isSearchable } from './search-words';

/** What a grid is about, how many rows it has, and what can be done with it. */
@Component({
  selector: 'oriel-list-toolbar',
  imports: [Icon, LiveIndicator, MatButton, MatIconButton, MatTooltip, RouterLink, SearchBox],
  templateUrl: './list-toolbar.html',
  styleUrl: './list-toolbar.scss',
})
export class ListToolbar {
  readonly detail = input.required<RelationDetail>();
  readonly count = input<RowCount | null>(null);
  readonly isBusy = input(false);
  readonly isLive = input(false);
  readonly liveProblem = input<Problem | null>(null);
  readonly readOnly = input(false);
  readonly isPanelOpen = input(false);
  readonly search = input('');

  readonly refresh = output();
  readonly countExactly = output();
  readonly addFilter = output<HTMLElement>();
  readonly togglePanel = output();
  readonly installed = output();
  readonly searchChange = output<string>();

  private readonly locale = inject(DISPLAY_LOCALE);

  protected readonly countText = computed(() => {
    const count = this.count();
    if (count === null) {
      return '';
    }
    const number = count.value.toLocaleString(this.locale);
    return `${count.exact ? '' : '~'}${number} ${count.value === 1 ? 'row' : 'rows'}`;
  });
  protected readonly isSearchable = computed(() => isSearchable(this.detail()));
  protected readonly canInsert = computed(
    () => this.detail().permissions.insert && !this.readOnly(),
  );
  protected readonly newRowPath = computed(() => {
    const { schema, name } = this.detail();
    return newRowPath({ schema, relation: name });
  });

  protected requestFilter(event: Event): void {
    this.addFilter.emit(event.currentTarget as HTMLElement);
  }
}
