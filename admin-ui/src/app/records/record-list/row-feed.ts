import {
  computed,
  DestroyRef,
  effect,
  inject,
  Injectable,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import { Outage, problemOf, Rows } from '../../backend';
import { liveWindow } from '../../live';
import type { LiveBatch, LiveQuery, LiveStatus } from '../../live';
import type { Problem, Row, RowCount } from '../../model';
import { NOTHING_YET } from '../../ui/grid';
import type { GridRange, GridRows } from '../../ui/grid';
import { LivePlace } from './live-place';
import { hasFilters, pageQuery, rowsOf } from './feed-query';
import type { FeedQuery } from './feed-query';
import { RowCache } from './row-cache';
import { RowTotal } from './row-total';
import type { WindowPlace } from './window-difference';

const PAGE = 100;
const SCREENFUL = 40;
const PAUSE_MILLIS = 60;
const MARK_MILLIS = 3_000;
const GHOST_MILLIS = 1_000;
const STALE_MILLIS = 15_000;

/** Room for what is to come. */
const NO_ROWS: GridRows<Row> = {
  generation: NOTHING_YET,
  length: 40,
  exact: false,
  at: () => undefined,
  indexOf: () => -1,
};

/**
 * Brings the rows that a grid shows: pages while it scrolls, a live window over what it rests on.
 * The rows of an old query stay until the first of the new one arrive.
 */
@Injectable()
export class RowFeed {
  private readonly backend = inject(Rows);
  private readonly outage = inject(Outage);

  private readonly query = signal<FeedQuery | undefined>(undefined);
  private readonly range = signal<GridRange>({ start: 0, end: 0 });
  private readonly shown = signal<GridRows<Row>>(NO_ROWS);
  private readonly trouble = signal<Problem | null>(null);
  private readonly waiting = signal(false);
  private readonly place = new LivePlace();
  private readonly total = new RowTotal();

  private cache = new RowCache(() => null, 0);
  /** The query whose rows the cache holds. */
  private held: FeedQuery | undefined;
  private heldWindow: WindowPlace | undefined;
  private requests = new Map<number, AbortController>();
  private readonly readAt = new Map<number, number>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();
  private pause: ReturnType<typeof setTimeout> | undefined;

  private readonly liveQuery = computed<LiveQuery | undefined>(() => {
    const query = this.query();
    const place = this.place.current();
    return (
      query && {
        ...query.relation,
        query: pageQuery(query, place),
        count: this.total.isExactWanted() ? 'exact' : 'estimated',
      }
    );
  });
  private readonly window = liveWindow(this.liveQuery, (batch) => this.receive(batch));

  readonly rows = this.shown.asReadonly();
  readonly problem = this.trouble.asReadonly();
  /** Why the rows cannot be shown live. */
  readonly liveProblem = computed(() => this.window.state().problem);
  /** Whether what is shown belongs to an earlier query, or is being read again. */
  readonly isBusy = this.waiting.asReadonly();
  readonly isLive = linkedSignal<LiveStatus, boolean>({
    source: () => this.window.state().status,
    // A window that moves along is waited for only a moment.
    computation: (status, previous) =>
      status === 'live' || (status === 'waiting' && previous?.value === true),
  }).asReadonly();
  readonly count = this.total.count;

  constructor() {
    effect(() => {
      const { count, status } = this.window.state();
      if (count !== null && status === 'live') {
        untracked(() => this.takeCount(count));
      }
    });
    effect(() => {
      if (this.outage.recoveries() > 0) {
        untracked(() => this.refresh());
      }
    });
    inject(DestroyRef).onDestroy(() => {
      this.abort();
      this.timers.forEach(clearTimeout);
      clearTimeout(this.pause);
      this.place.stop();
    });
  }

  /** Brings other rows. `firstRow` is where the grid will begin. */
  ask(query: FeedQuery, firstRow = 0): void {
    const isSameOrder = this.held !== undefined && rowsOf(this.held) === rowsOf(query);
    this.abort();
    this.query.set(query);
    this.waiting.set(true);
    if (!isSameOrder) {
      this.total.reset(hasFilters(query) ? null : query.estimate);
      this.range.set({ start: firstRow, end: firstRow + SCREENFUL });
      this.place.jump(this.range());
    }
    this.blocks().forEach((block) => void this.read(block));
  }

  /** Tells which rows are seen. */
  see(range: GridRange): void {
    if (this.held === undefined || this.held !== this.query() || range.end <= range.start) {
      return;
    }
    this.range.set(range);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.readMissing();
      this.place.rest(range);
    }, PAUSE_MILLIS);
  }

  /** Reads what is seen again. */
  refresh(): void {
    if (this.query() !== undefined) {
      this.abort();
      this.readAt.clear();
      this.waiting.set(true);
      this.blocks().forEach((block) => void this.read(block));
      void this.readCount(this.total.isExactWanted() ? 'exact' : 'estimated');
    }
  }

  /** Counts the rows exactly, now and while they are shown. */
  async countExactly(): Promise<void> {
    this.total.wantExact();
    await this.readCount('exact');
  }

  private blocks(): readonly number[] {
    const { start, end } = this.range();
    const first = Math.floor(start / PAGE);
    const last = Math.floor(Math.max(start, end - 1) / PAGE);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  private readMissing(): void {
    const wanted = new Set(this.blocks());
    for (const [block, request] of this.requests) {
      if (!wanted.has(block)) {
        request.abort();
        this.requests.delete(block);
      }
    }
    for (const block of wanted) {
      if (!this.requests.has(block) && this.isWanting(block)) {
        void this.read(block);
      }
    }
  }

  private isWanting(block: number): boolean {
    const { start, end } = this.range();
    const last = Math.min(end, (block + 1) * PAGE);
    for (let position = Math.max(start, block * PAGE); position < last; position++) {
      if (!this.cache.has(position) && this.total.reaches(position)) {
        return true;
      }
    }
    const age = Date.now() - (this.readAt.get(block) ?? 0);
    return !this.isLive() && age > STALE_MILLIS;
  }

  private async read(block: number): Promise<void> {
    const query = this.query();
    if (query === undefined) {
      return;
    }
    const request = new AbortController();
    this.requests.set(block, request);
    const offset = block * PAGE;
    const text = pageQuery(query, { offset, limit: PAGE });
    try {
      const { rows } = await this.backend.page(query.relation, text, { signal: request.signal });
      const isFirst = this.held !== query;
      this.hold(query);
      this.readAt.set(block, Date.now());
      this.cache.putPage(offset, rows, PAGE);
      this.learn(offset, rows.length, PAGE);
      this.trouble.set(null);
      this.waiting.set(false);
      this.show();
      if (isFirst && !this.isLive()) {
        void this.readCount('estimated');
      }
    } catch (error) {
      if (!request.signal.aborted) {
        this.trouble.set(problemOf(error));
        this.waiting.set(false);
        if (this.held === undefined) {
          this.shown.set({ ...NO_ROWS, length: 0 });
        }
      }
    } finally {
      if (this.requests.get(block) === request) {
        this.requests.delete(block);
      }
    }
  }

  private async readCount(kind: 'exact' | 'estimated'): Promise<void> {
    const query = this.query();
    if (query === undefined) {
      return;
    }
    // No rows, or the first of an expensive order would be sought once more.
    const text = pageQuery(query, { offset: 0, limit: 0 });
    try {
      const { count } = await this.backend.page(query.relation, text, { count: kind });
      const isKnownBetter = kind === 'estimated' && this.isLive();
      if (count !== null && this.query() === query && !isKnownBetter) {
        this.takeCount(count);
      }
    } catch (error) {
      if (kind === 'exact') {
        this.trouble.set(problemOf(error));
      }
    }
  }

  private receive(batch: LiveBatch): void {
    const query = this.query();
    const place = this.place.current();
    if (query === undefined || batch.query.query !== pageQuery(query, place)) {
      return;
    }
    const isContinued = this.held === query && samePlace(this.heldWindow, place);
    this.hold(query);
    this.heldWindow = place;
    const difference = this.cache.putWindow(place, batch.rows, isContinued);
    this.total.shift(difference.inserted.length - difference.deleted.length);
    this.learn(place.offset, batch.rows.length, place.limit);
    this.waiting.set(false);
    this.trouble.set(null);
    this.show();
    const { now } = this.cache;
    if (difference.changed.size + difference.inserted.length > 0) {
      this.later(MARK_MILLIS, () => {
        this.cache.unmark(now);
      });
    }
    if (difference.deleted.length > 0) {
      this.later(GHOST_MILLIS, () => {
        this.cache.dropGhosts(now);
      });
    }
  }

  /** Makes room for the rows of a query, if they are not those held already. */
  private hold(query: FeedQuery): void {
    if (this.held === query) {
      return;
    }
    const isSameOrder = this.held !== undefined && rowsOf(this.held) === rowsOf(query);
    this.cache = new RowCache(query.keyOf, this.cache.generation + (isSameOrder ? 0 : 1));
    this.held = query;
    this.heldWindow = undefined;
    this.readAt.clear();
  }

  private learn(offset: number, found: number, limit: number): void {
    if (this.total.learn(offset, found, limit)) {
      void this.readCount('exact');
    }
  }

  private takeCount(count: RowCount): void {
    this.total.take(count);
    if (this.held !== undefined && this.held === this.query()) {
      this.show();
    }
  }

  private show(): void {
    this.cache.trim(this.range().start);
    const length = this.total.length(this.cache.end);
    this.shown.set(this.cache.view(length, this.total.isEndKnown));
  }

  private later(millis: number, change: () => void): void {
    const { cache } = this;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.cache === cache) {
        change();
        this.show();
      }
    }, millis);
    this.timers.add(timer);
  }

  private abort(): void {
    this.requests.forEach((request) => request.abort());
    this.requests.clear();
  }
}

function samePlace(a: WindowPlace | undefined, b: WindowPlace): boolean {
  return a?.offset === b.offset && a.limit === b.limit;
}
