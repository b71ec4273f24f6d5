import {
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { Router, RouterLink } from '@angular/router';
import { FieldDisplay, isNumeric } from '../../fields';
import { isOutage, keyOf, rowPath, writeKey } from '../../model';
import type { RelationDetail, Row } from '../../model';
import { Session } from '../../session';
import { EmptyState, Icon, Notice } from '../../ui';
import { Grid, GridCellTemplate, GridHeaderExtraTemplate } from '../../ui/grid';
import type { ColumnWidth, GridColumn, GridRange, GridSort, RowOpening } from '../../ui/grid';
import { ColumnPanel } from './column-panel';
import { ColumnStore } from './column-store';
import type { ColumnLayout } from './column-layout';
import { FilterBar } from './filter-bar';
import { GridUrl } from './grid-url';
import type { Filter, GridState } from './grid-state';
import { Limitations } from './limitations';
import { ListToolbar } from './list-toolbar';
import { RowFeed } from './row-feed';
import { RowLinks } from './row-links';
import type { RowLink } from './row-links';
import { rowQuery } from './row-query';

/** The rows of one relation: the grid with everything around it. */
@Component({
  selector: 'oriel-row-table',
  imports: [
    ColumnPanel,
    EmptyState,
    FieldDisplay,
    FilterBar,
    Grid,
    GridCellTemplate,
    GridHeaderExtraTemplate,
    Icon,
    Limitations,
    ListToolbar,
    MatButton,
    MatMenuModule,
    Notice,
    RouterLink,
  ],
  providers: [ColumnStore, GridUrl, RowFeed, RowLinks],
  templateUrl: './row-table.html',
  styleUrl: './row-table.scss',
})
export class RowTable {
  readonly detail = input.required<RelationDetail>();
  readonly state = input.required<GridState>();
  readonly firstRow = input(0);

  /** Tells that updates became instant. */
  readonly installed = output();

  protected readonly feed = inject(RowFeed);
  protected readonly store = inject(ColumnStore);
  protected readonly session = inject(Session);
  private readonly url = inject(GridUrl);
  private readonly links = inject(RowLinks);
  private readonly router = inject(Router);
  private readonly filterBar = viewChild.required(FilterBar);

  protected readonly isPanelOpen = signal(false);
  protected readonly columns = computed<readonly GridColumn[]>(() =>
    this.store.shown().map(({ column, label, width, format }) => ({
      key: column.name,
      label,
      width,
      align: isNumeric(column) && format.options['grouping'] !== 'false' ? 'end' : 'start',
      sortable: !UNORDERED.has(column.baseType),
      hint: [`${column.name}: ${column.type}`, column.comment].filter(Boolean).join('\n'),
    })),
  );
  protected readonly layouts = computed(
    () => new Map(this.store.columns().map((layout) => [layout.column.name, layout])),
  );
  protected readonly samples = computed<readonly Row[]>(() => {
    const rows = this.feed.rows();
    const { start } = this.range();
    return Array.from({ length: SAMPLES }, (_, index) => rows.at(start + index))
      .filter((row) => row !== undefined)
      .map((row) => row.value);
  });
  protected readonly isBare = computed(
    () => this.store.isReady() && this.store.shown().length === 0,
  );
  protected readonly isFiltered = computed(
    () => this.state().filters.length > 0 || this.state().search !== '',
  );
  protected readonly clearLabel = computed(() => {
    const { filters, search } = this.state();
    const both = filters.length > 0 ? 'Clear search and filters' : 'Clear search';
    return search === '' ? 'Clear filters' : both;
  });
  protected readonly isEmpty = computed(
    () => this.feed.rows().length === 0 && this.feed.problem() === null && !this.feed.isBusy(),
  );
  /** What is to be said here; that the database is away, the page says as a whole. */
  protected readonly problem = computed(() => {
    const problem = this.feed.problem();
    return problem === null || isOutage(problem) ? null : problem;
  });
  protected readonly hasRows = computed(() => this.feed.rows().generation > 0);

  private readonly range = signal<GridRange>({ start: 0, end: 0 });
  private readonly parameters = computed(
    () => {
      const shown = this.store.shown().map(({ column }) => column.name);
      return rowQuery(this.detail(), this.state(), shown);
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );

  constructor() {
    effect(() => {
      const detail = this.detail();
      untracked(() => {
        this.store.use(detail);
        this.links.use(detail);
      });
    });
    effect(() => {
      if (!this.store.isReady()) {
        return;
      }
      const parameters = this.parameters();
      untracked(() => {
        const { schema, name, primaryKey, estimatedRows } = this.detail();
        this.feed.ask(
          {
            relation: { schema, relation: name },
            parameters,
            keyOf: (row) => {
              const key = keyOf(row, primaryKey);
              return key === null ? null : writeKey(key);
            },
            estimate: estimatedRows,
          },
          this.hasRows() ? 0 : this.firstRow(),
        );
      });
    });
  }

  protected see(range: GridRange): void {
    this.range.set(range);
    this.feed.see(range);
    if (this.hasRows()) {
      this.url.scrolled(range.start);
    }
  }

  protected sort(sort: readonly GridSort[]): void {
    this.url.show({ ...this.state(), sort });
  }

  protected filter(filters: readonly Filter[]): void {
    this.url.show({ ...this.state(), filters });
  }

  protected clearFilters(): void {
    this.url.show({ ...this.state(), filters: [], search: '' });
  }

  /** While somebody types, only the first and the last words are steps of their own. */
  protected search(search: string): void {
    const before = this.state().search;
    this.url.show({ ...this.state(), search }, before !== '' && search !== '');
  }

  protected addFilter(origin: Element, column?: string): void {
    this.filterBar().add(origin, column);
  }

  protected resize({ key, width }: ColumnWidth): void {
    this.store.choose(key, { width });
  }

  protected hide(column: GridColumn): void {
    this.store.choose(column.key, { hidden: true });
  }

  protected layoutOf(column: GridColumn): ColumnLayout | undefined {
    return this.layouts().get(column.key);
  }

  protected linkOf(column: GridColumn, row: Row): RowLink | undefined {
    return this.links.linkOf(this.detail(), column.key, row);
  }

  protected open({ row, beside }: RowOpening<Row>): void {
    const { schema, name, primaryKey } = this.detail();
    const key = keyOf(row.value, primaryKey);
    if (key === null || row.fate === 'deleted') {
      return;
    }
    const commands = [...rowPath({ schema, relation: name }, key)];
    if (beside) {
      const path = this.router.serializeUrl(this.router.createUrlTree(commands));
      window.open(new URL(path.replace(/^\//, ''), document.baseURI), '_blank', 'noopener');
    } else {
      void this.router.navigate(commands);
    }
  }
}

const SAMPLES = 12;
/** Types that PostgreSQL cannot order. */
const UNORDERED = new Set([
  'json',
  'xml',
  'point',
  'box',
  'line',
  'lseg',
  'path',
  'polygon',
  'circle',
]);
