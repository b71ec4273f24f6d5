import type { Row } from '../../model';
import type { GridRow, GridRows } from '../../ui/grid';
import { windowDifference } from './window-difference';
import type { KeyedRow, WindowDifference, WindowPlace } from './window-difference';

/** How many rows are kept at most; those farthest from what is seen go first. */
const MOST_ROWS = 3_000;

/** Of a mass deletion only so many rows are seen off one by one. */
const MOST_GHOSTS = 30;

interface Marks {
  readonly fate?: 'inserted';
  readonly changed?: ReadonlyMap<string, number>;
}

interface Stamped {
  readonly marks: Marks;
  readonly stamp: number;
}

interface Ghost extends KeyedRow {
  /** The row before which it is still shown. */
  readonly before: number;
  readonly stamp: number;
}

/**
 * The rows of one query that are at hand, by their position, with the marks of what just happened
 * to them. Deleted rows stay a moment as ghosts among the others.
 */
export class RowCache {
  private rows = new Map<number, KeyedRow>();
  private readonly marks = new Map<string, Stamped>();
  private ghosts: readonly Ghost[] = [];
  private painted = new WeakMap<Row, GridRow<Row>>();
  private stamp = 0;

  constructor(
    private readonly keyOf: (row: Row) => string | null,
    readonly generation: number,
  ) {}

  /** Where the rows at hand end. */
  get end(): number {
    let end = 0;
    for (const position of this.rows.keys()) {
      end = Math.max(end, position + 1);
    }
    return end;
  }

  has(position: number): boolean {
    return this.rows.has(position);
  }

  clear(): void {
    this.rows.clear();
  }

  /** Takes over rows that were read once. */
  putPage(offset: number, rows: readonly Row[], limit: number): void {
    this.put({ offset, limit }, this.keyed(offset, rows));
  }

  /**
   * Takes over the state of a live window. `continued` says that the same window was here before,
   * so that what is new in it has been inserted and what is missing has been deleted.
   */
  putWindow(place: WindowPlace, rows: readonly Row[], continued: boolean): WindowDifference {
    const before = this.slice(place);
    const after = this.keyed(place.offset, rows);
    const difference = windowDifference(before, after, place);
    if (continued) {
      this.shiftBehind(place, before, difference);
    }
    this.put(place, after);
    this.mark(difference, continued, place.offset);
    return continued ? difference : { ...difference, inserted: [], deleted: [] };
  }

  /** What the marks made from now on are newer than. */
  get now(): number {
    return this.stamp;
  }

  /** Forgets the marks that are not newer than that. */
  unmark(stamp: number): void {
    for (const [key, mark] of this.marks) {
      if (mark.stamp <= stamp) {
        this.marks.delete(key);
      }
    }
  }

  /** Forgets the rows that were deleted before that. */
  dropGhosts(stamp: number): void {
    this.ghosts = this.ghosts.filter((ghost) => ghost.stamp > stamp);
  }

  /** Drops what is far from the position. */
  trim(position: number): void {
    if (this.rows.size > MOST_ROWS) {
      const nearest = [...this.rows].sort(
        ([a], [b]) => Math.abs(a - position) - Math.abs(b - position),
      );
      this.rows = new Map(nearest.slice(0, MOST_ROWS / 2));
    }
  }

  /** The rows as the grid sees them now; the result does not change later. */
  view(length: number, exact: boolean): GridRows<Row> {
    const rows = new Map(this.rows);
    const ghosts = [...this.ghosts].sort((a, b) => a.before - b.before);
    const positions = new Map<string, number>();
    const shown = (position: number): number =>
      position + ghosts.filter((ghost) => ghost.before <= position).length;
    for (const [position, { key }] of rows) {
      positions.set(key, ghosts.length === 0 ? position : shown(position));
    }
    const ghostAt = new Map(ghosts.map((ghost, passed) => [ghost.before + passed, ghost]));
    const marks = new Map(this.marks);
    return {
      generation: this.generation,
      length: length + ghosts.length,
      exact,
      at: (index) => {
        const ghost = ghostAt.get(index);
        if (ghost !== undefined) {
          return { key: `${ghost.key} deleted`, value: ghost.row, fate: 'deleted' };
        }
        const passed = ghosts.filter((it, at) => it.before + at < index).length;
        const found = rows.get(index - passed);
        return found && this.paint(found, marks.get(found.key)?.marks);
      },
      indexOf: (key) => positions.get(key) ?? -1,
    };
  }

  private paint({ key, row }: KeyedRow, marks: Marks | undefined): GridRow<Row> {
    const known = this.painted.get(row);
    if (known?.key === key && known.fate === marks?.fate && known.changed === marks?.changed) {
      return known;
    }
    const painted = { key, value: row, ...marks };
    this.painted.set(row, painted);
    return painted;
  }

  private slice({ offset, limit }: WindowPlace): readonly KeyedRow[] {
    const found: KeyedRow[] = [];
    for (let position = offset; position < offset + limit; position++) {
      const row = this.rows.get(position);
      if (row !== undefined) {
        found.push(row);
      }
    }
    return found;
  }

  /** Rows without a key are known by their place alone. */
  private keyed(offset: number, rows: readonly Row[]): readonly KeyedRow[] {
    return rows.map((row, index) => ({ key: this.keyOf(row) ?? `#${offset + index}`, row }));
  }

  private put({ offset, limit }: WindowPlace, rows: readonly KeyedRow[]): void {
    const keys = new Set(rows.map((it) => it.key));
    for (const [position, { key }] of this.rows) {
      const isInside = position >= offset && position < offset + limit;
      const isBehindTheEnd = rows.length < limit && position >= offset + rows.length;
      if (isInside || isBehindTheEnd || keys.has(key)) {
        this.rows.delete(position);
      }
    }
    rows.forEach((row, index) => this.rows.set(offset + index, row));
  }

  /** Rows behind the window move by as many places as it gained or lost. */
  private shiftBehind(
    { offset, limit }: WindowPlace,
    before: readonly KeyedRow[],
    { inserted, deleted }: WindowDifference,
  ): void {
    const gained = inserted.length - deleted.length;
    if (gained === 0 || before.length < limit) {
      return;
    }
    const end = offset + limit;
    const moved = new Map<number, KeyedRow>();
    for (const [position, row] of this.rows) {
      if (position < end) {
        moved.set(position, row);
      }
    }
    for (const [position, row] of this.rows) {
      if (position >= end - Math.max(0, gained) && position + gained >= offset) {
        moved.set(position + gained, row);
      }
    }
    this.rows = moved;
  }

  private mark(
    { changed, inserted, deleted }: WindowDifference,
    continued: boolean,
    offset: number,
  ): void {
    const stamp = ++this.stamp;
    for (const [key, columns] of changed) {
      const marks = this.marks.get(key)?.marks;
      const next = new Map(marks?.changed);
      columns.forEach((column) => next.set(column, (next.get(column) ?? 0) + 1));
      this.marks.set(key, { marks: { ...marks, changed: next }, stamp });
    }
    if (continued) {
      inserted.forEach((key) => this.marks.set(key, { marks: { fate: 'inserted' }, stamp }));
      const ghosts = deleted.slice(0, MOST_GHOSTS).map((ghost) => ({
        ...ghost,
        before: offset + ghost.before,
        stamp,
      }));
      this.ghosts = [...this.ghosts, ...ghosts];
    }
  }
}
