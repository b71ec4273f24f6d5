import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Outage, ProblemError, Rows } from '../../backend';
import type { PageRequest } from '../../backend';
import { cellText, jsonObject, NumberText, pageProblem } from '../../model';
import type { QueryParameters, RelationName, Row, RowPage } from '../../model';
import { Session } from '../../session';
import { RowFeed } from './row-feed';
import type { FeedQuery } from './feed-query';

const TOTAL = 250;

/** A table of 250 numbered rows. */
class NumberedRows {
  readonly asked: string[] = [];
  failure: ProblemError | undefined;
  counting: Promise<void> = Promise.resolve();

  async page(_name: RelationName, query: string, { count }: PageRequest = {}): Promise<RowPage> {
    await Promise.resolve();
    this.asked.push(count === undefined ? query : `count ${query}`);
    if (this.failure !== undefined) {
      throw this.failure;
    }
    if (count !== undefined) {
      await this.counting;
    }
    const parameters = new URLSearchParams(query);
    const offset = Number(parameters.get('offset') ?? 0);
    const limit = Number(parameters.get('limit'));
    const length = Math.max(0, Math.min(limit, TOTAL - offset));
    const rows = Array.from({ length }, (_, index) =>
      jsonObject([['id', new NumberText(String(offset + index))]]),
    );
    const isExact = count === 'exact';
    return {
      rows,
      count: count === undefined ? null : { value: isExact ? TOTAL : 1000, exact: isExact },
    };
  }
}

const query = (parameters: QueryParameters = [['order', 'id']]): FeedQuery => ({
  relation: { schema: 'public', relation: 'thing' },
  parameters,
  keyOf: (row: Row) => cellText(row['id']),
  estimate: 1000,
});

describe('RowFeed', () => {
  let rows: NumberedRows;
  let feed: RowFeed;
  const recoveries = signal(0);
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(100);
  const shown = (index: number): string | undefined => feed.rows().at(index)?.key;

  beforeEach(() => {
    vi.useFakeTimers();
    rows = new NumberedRows();
    recoveries.set(0);
    TestBed.configureTestingModule({
      providers: [
        RowFeed,
        { provide: Rows, useValue: rows },
        { provide: Outage, useValue: { recoveries } },
        { provide: Session, useValue: { info: signal({ live: false }) } },
      ],
    });
    feed = TestBed.inject(RowFeed);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows the first rows before anything is counted', async () => {
    feed.ask(query());
    expect([feed.rows().generation, feed.isBusy()]).toEqual([0, true]);
    await settle();
    expect(rows.asked).toEqual(['order=id&limit=100', 'count order=id&limit=0']);
    expect([shown(0), shown(99), shown(100)]).toEqual(['0', '99', undefined]);
    expect([feed.rows().length, feed.rows().exact, feed.isBusy()]).toEqual([1000, false, false]);
  });

  it('never waits for a count, nor asks for rows and a count in one', async () => {
    rows.counting = new Promise(() => undefined);
    feed.ask(query());
    await settle();
    void feed.countExactly();
    feed.see({ start: 105, end: 130 });
    await settle();
    feed.ask(query([['order', 'id.desc']]));
    await settle();
    expect([shown(0), feed.isBusy(), feed.count()?.exact]).toEqual(['0', false, false]);
    const counts = rows.asked.filter((it) => it.startsWith('count '));
    expect(counts.length).toBeGreaterThan(1);
    expect(counts.every((it) => it.endsWith('&limit=0'))).toBe(true);
  });

  it('reads the page that is seen, and no page on the way', async () => {
    feed.ask(query());
    await settle();
    feed.see({ start: 105, end: 130 });
    feed.see({ start: 205, end: 230 });
    await settle();
    expect(rows.asked.at(-1)).toBe('order=id&limit=100&offset=200');
    expect(rows.asked.join()).not.toContain('offset=100');
    expect([shown(205), shown(105)]).toEqual(['205', undefined]);
    expect([feed.rows().length, feed.rows().exact]).toEqual([TOTAL, true]);
  });

  it('counts where the estimate led behind the end', async () => {
    feed.ask(query());
    await settle();
    feed.see({ start: 900, end: 930 });
    await settle();
    expect([feed.rows().length, feed.count()]).toEqual([TOTAL, { value: TOTAL, exact: true }]);
  });

  it('keeps the rows of the last query until those of the next arrive', async () => {
    feed.ask(query());
    await settle();
    const { generation } = feed.rows();
    feed.ask(
      query([
        ['id', 'gt.5'],
        ['order', 'id'],
      ]),
    );
    expect([shown(0), feed.isBusy(), feed.count()]).toEqual(['0', true, null]);
    await settle();
    expect([feed.rows().generation, feed.isBusy()]).toEqual([generation + 1, false]);
  });

  it('keeps the place when only other columns are read', async () => {
    feed.ask(query());
    await settle();
    const { generation } = feed.rows();
    feed.ask(
      query([
        ['select', 'id'],
        ['order', 'id'],
      ]),
    );
    await settle();
    expect(feed.rows().generation).toBe(generation);
  });

  it('keeps the rows when reading fails, and recovers with the database', async () => {
    feed.ask(query());
    await settle();
    rows.failure = new ProblemError(pageProblem('PGRST000', 503, 'The database does not answer.'));
    feed.refresh();
    await settle();
    expect([shown(0), feed.problem()?.message]).toEqual(['0', 'The database does not answer.']);
    rows.failure = undefined;
    recoveries.set(1);
    TestBed.tick();
    await settle();
    expect([shown(0), feed.problem()]).toEqual(['0', null]);
  });

  it('shows no rows to come when not even the first could be read', async () => {
    rows.failure = new ProblemError(pageProblem('22P02', 400, 'Not an interval'));
    feed.ask(query());
    await settle();
    expect([feed.rows().length, feed.problem()?.message]).toEqual([0, 'Not an interval']);
  });

  it('begins where the grid begins', async () => {
    feed.ask(query(), 120);
    await settle();
    expect([shown(120), shown(0)]).toEqual(['120', undefined]);
  });

  it('counts exactly on demand', async () => {
    feed.ask(query());
    await settle();
    await feed.countExactly();
    expect(feed.count()).toEqual({ value: TOTAL, exact: true });
  });
});
