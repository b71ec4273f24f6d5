import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { Grid } from './grid';
import type { RowOpening } from './grid';
import { GridCellTemplate } from './grid-cell-template';
import type { ColumnMove, ColumnWidth } from './grid-header';
import type { GridColumn, GridRow, GridRows, GridSort } from './grid-model';

class NoResizeObserver implements ResizeObserver {
  observe(): void {
    return;
  }
  unobserve(): void {
    return;
  }
  disconnect(): void {
    return;
  }
}

const rowsOf = (rows: readonly GridRow<string>[], generation = 1): GridRows<string> => ({
  generation,
  length: rows.length,
  exact: true,
  at: (index) => rows[index],
  indexOf: (key) => rows.findIndex((row) => row.key === key),
});
const row = (key: string, more: Partial<GridRow<string>> = {}): GridRow<string> => ({
  key,
  value: key.toUpperCase(),
  ...more,
});
const column = (key: string): GridColumn => ({
  key,
  label: `Label ${key}`,
  width: 100,
  align: 'start',
  sortable: true,
});

@Component({
  imports: [Grid, GridCellTemplate],
  template: `
    <oriel-grid
      label="Things"
      [rows]="rows()"
      [columns]="columns()"
      [sort]="sort()"
      (sortChange)="sort.set($event)"
      (rowOpen)="opened.push($event)"
      (columnWidth)="widths.push($event)"
      (columnMove)="moves.push($event)"
    >
      <ng-template [orielGridCell]="rows()" let-value let-column="column">
        {{ value }}{{ column.key }}
      </ng-template>
    </oriel-grid>
  `,
})
class Host {
  readonly rows = signal(rowsOf(['a', 'b', 'c'].map((key) => row(key))));
  readonly columns = signal([column('x'), column('y')]);
  readonly sort = signal<readonly GridSort[]>([]);
  readonly opened: RowOpening<string>[] = [];
  readonly widths: ColumnWidth[] = [];
  readonly moves: ColumnMove[] = [];
}

describe('Grid', () => {
  let fixture: ComponentFixture<Host>;
  let host: Host;
  const all = (selector: string): HTMLElement[] =>
    Array.from((fixture.nativeElement as HTMLElement).querySelectorAll<HTMLElement>(selector));
  const one = (selector: string): HTMLElement => all(selector)[0]!;
  const press = async (key: string, more: KeyboardEventInit = {}): Promise<void> => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    document.activeElement!.dispatchEvent(event);
    await fixture.whenStable();
  };
  const focused = (): string | undefined => document.activeElement?.textContent.trim();

  beforeEach(async () => {
    vi.stubGlobal('ResizeObserver', NoResizeObserver);
    fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    host = fixture.componentInstance;
    await fixture.whenStable();
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is a grid to those who do not see it', () => {
    const grid = one('[role=grid]');
    expect(grid.getAttribute('aria-rowcount')).toBe('4');
    expect(grid.getAttribute('aria-colcount')).toBe('2');
    expect(all('[role=row]').map((it) => it.getAttribute('aria-rowindex'))).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(all('[role=gridcell]').map((it) => it.textContent.trim())).toEqual([
      'Ax',
      'Ay',
      'Bx',
      'By',
      'Cx',
      'Cy',
    ]);
    expect(all('[tabindex="0"]')).toHaveLength(1);
  });

  it('does not claim to know how many rows there are when it does not', async () => {
    host.rows.set({ ...host.rows(), exact: false });
    await fixture.whenStable();
    expect(one('[role=grid]').getAttribute('aria-rowcount')).toBe('-1');
  });

  it('sorts by click, and by more than one column with shift', async () => {
    const headers = all('[role=columnheader]');
    headers[0]!.click();
    await fixture.whenStable();
    headers[1]!.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }));
    await fixture.whenStable();
    expect(host.sort().map((term) => term.key)).toEqual(['x', 'y']);
    expect(headers.map((it) => it.getAttribute('aria-sort'))).toEqual(['ascending', 'ascending']);
    expect(all('.order').map((it) => it.textContent)).toEqual(['1', '2']);
  });

  it('moves cell by cell with the keyboard, opens rows and reaches the header', async () => {
    one('[role=gridcell]').focus();
    await press('ArrowDown');
    await press('ArrowRight');
    expect(focused()).toBe('By');
    await press('Enter');
    expect(host.opened.map(({ row: { key }, beside }) => [key, beside])).toEqual([['b', false]]);
    await press('Home', { ctrlKey: true });
    await press('ArrowUp');
    expect(focused()).toBe('Label x');
    await press('Enter');
    expect(host.sort()).toEqual([{ key: 'x', descending: false }]);
  });

  it('changes width and place of columns with the keyboard', async () => {
    one('[role=gridcell]').focus();
    await press('ArrowUp');
    await press('ArrowRight', { altKey: true });
    await press('ArrowRight', { ctrlKey: true, shiftKey: true });
    expect(host.widths).toEqual([{ key: 'x', width: 116 }]);
    expect(host.moves).toEqual([{ key: 'x', to: 1 }]);
  });

  it('keeps the keyboard on its row when rows come above it', async () => {
    one('[data-row="1"] [role=gridcell]').focus();
    host.rows.set(rowsOf(['new', 'a', 'b', 'c'].map((key) => row(key))));
    await fixture.whenStable();
    expect(focused()).toBe('Bx');
    await press('ArrowDown');
    expect(focused()).toBe('Cx');
  });

  it('goes to the next row when the row with the keyboard is gone', async () => {
    one('[data-row="1"] [role=gridcell]').focus();
    host.rows.set(rowsOf(['a', 'c'].map((key) => row(key))));
    await fixture.whenStable();
    expect(focused()).toBe('Cx');
  });

  it('marks what happened to rows and cells', async () => {
    host.rows.set(
      rowsOf([
        row('a', { fate: 'inserted' }),
        row('b', { changed: new Map([['y', 1]]) }),
        row('c', { fate: 'deleted' }),
      ]),
    );
    await fixture.whenStable();
    expect(all('oriel-grid-row').map((it) => it.className)).toEqual(['inserted', '', 'deleted']);
    expect(all('.changed-a').map((it) => it.textContent.trim())).toEqual(['By']);
    host.rows.set(rowsOf([row('b', { changed: new Map([['y', 2]]) })]));
    await fixture.whenStable();
    expect(all('.changed-a')).toHaveLength(0);
    expect(all('.changed-b')).toHaveLength(1);
  });

  it('shows skeletons for rows that are not at hand', async () => {
    host.rows.set({ ...host.rows(), at: () => undefined });
    await fixture.whenStable();
    expect(all('.skeleton')).toHaveLength(6);
    expect(all('[aria-busy="true"]')).toHaveLength(3);
  });

  it('opens a row by click', async () => {
    one('[data-row="2"] [role=gridcell]').click();
    await fixture.whenStable();
    expect(host.opened.map((it) => it.row.key)).toEqual(['c']);
  });

  it('opens a row by a click beside its last cell', async () => {
    one('[data-row="1"]').click();
    await fixture.whenStable();
    expect(host.opened.map((it) => it.row.key)).toEqual(['b']);
  });
});
