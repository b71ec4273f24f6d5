import { computed, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import type { Signal } from '@angular/core';
import type { LiveMessage, Problem, RelationName, Row, RowCount } from '../model';
import { Session } from '../session';
import { REQUEST_FRAME } from './frames';
import { LiveConnection } from './live-connection';
import { readLiveMessage } from './live-message';
import { applyMessages } from './window-state';
import type { AppliedChange, WindowRows } from './window-state';

/** The rows somebody wants to see live: the same query string as a read's. */
export interface LiveQuery extends RelationName {
  readonly query: string;
  /** Whether each row shall carry its version. */
  readonly versions?: boolean;
  readonly count?: 'none' | 'exact' | 'estimated';
}

/**
 * - `off`: the server offers no live rows, or nothing is asked for;
 * - `waiting`: asked for, nothing has arrived yet;
 * - `live`: the rows are those of the database now;
 * - `stale`: the connection is lost, the rows are the last known;
 * - `refused`: the server cannot show them, `problem` says why.
 */
export type LiveStatus = 'off' | 'waiting' | 'live' | 'stale' | 'refused';

export interface LiveState {
  readonly status: LiveStatus;
  /** The query that the rows belong to; undefined before the first snapshot. */
  readonly query: LiveQuery | undefined;
  readonly rows: readonly Row[];
  readonly count: RowCount | null;
  readonly problem: Problem | null;
}

/** What one repaint brings. */
export interface LiveBatch {
  readonly query: LiveQuery;
  /** Whether the rows were replaced as a whole; the changes are those after that. */
  readonly snapshot: boolean;
  readonly rows: readonly Row[];
  readonly changes: readonly AppliedChange[];
}

export interface LiveWindow {
  readonly state: Signal<LiveState>;
}

const OFF: LiveState = { status: 'off', query: undefined, rows: [], count: null, problem: null };

/**
 * Rows that follow the database. When the query changes, the rows of the last one stay until the
 * first of the new one arrive. `onBatch` hears of each change once, just before the state has it.
 * To be called in an injection context, whose end is the window's end.
 */
export function liveWindow(
  query: () => LiveQuery | undefined,
  onBatch: (batch: LiveBatch) => void = () => undefined,
): LiveWindow {
  const session = inject(Session);
  const connection = inject(LiveConnection);
  const requestFrame = inject(REQUEST_FRAME);
  const state = signal(OFF);
  const isOffered = computed(() => session.info()?.live === true);
  let close = (): void => undefined;

  effect(() => {
    const wanted = query();
    const offered = isOffered();
    untracked(() => {
      close();
      close = () => undefined;
      if (wanted === undefined || !offered) {
        state.update((it) => ({ ...it, status: 'off' }));
        return;
      }
      const subscription = new WindowSubscription(connection, requestFrame, wanted, {
        state: (change) => {
          state.update((it) => ({ ...it, ...change }));
        },
        batch: onBatch,
      });
      close = () => {
        subscription.close();
      };
    });
  });
  inject(DestroyRef).onDestroy(() => {
    close();
  });
  return { state: state.asReadonly() };
}

interface Sink {
  state(change: Partial<LiveState>): void;
  batch(batch: LiveBatch): void;
}

/** One query's subscription: collects messages and applies them once per repaint. */
class WindowSubscription {
  private held: WindowRows | undefined;
  /** Which server's version is held. */
  private epoch: string | undefined;
  private queue: LiveMessage[] = [];
  private cancelFrame: (() => void) | undefined;
  private stop: () => void;

  constructor(
    private readonly connection: LiveConnection,
    private readonly requestFrame: (callback: () => void) => () => void,
    private readonly query: LiveQuery,
    private readonly sink: Sink,
  ) {
    sink.state({ status: 'waiting', problem: null });
    this.stop = this.listen();
  }

  close(): void {
    this.stop();
    this.drop();
  }

  private listen(): () => void {
    const { relation, query } = this.query;
    const destination = `/topic/rows/${encodeURIComponent(relation)}?${query}`;
    return this.connection.listen(
      destination,
      () => this.headers(),
      (body) => {
        this.receive(body);
      },
      () => {
        this.interrupted();
      },
    );
  }

  private headers(): Record<string, string> {
    const { schema, versions, count } = this.query;
    const headers: Record<string, string> = { schema };
    if (versions === true) {
      headers['row-version'] = 'true';
    }
    if (count !== undefined) {
      headers['count'] = count;
    }
    if (this.held !== undefined && this.epoch !== undefined) {
      headers['epoch'] = this.epoch;
      headers['version'] = `${this.held.version}`;
    }
    return headers;
  }

  private receive(body: string): void {
    const message = readLiveMessage(body);
    if (message.type === 'snapshot') {
      this.queue = [];
    }
    this.queue.push(message);
    this.cancelFrame ??= this.requestFrame(() => {
      this.flush();
    });
  }

  /** What has arrived still counts: if nothing is new, the server goes on from there. */
  private interrupted(): void {
    if (this.queue.length > 0) {
      this.flush();
    }
    this.sink.state({ status: 'stale' });
  }

  private flush(): void {
    this.cancelFrame?.();
    const messages = this.queue;
    this.queue = [];
    this.cancelFrame = undefined;
    try {
      this.show(messages);
    } catch {
      // A message was missed or does not fit: whatever it was, a new snapshot puts it right.
      this.stop();
      this.drop();
      this.stop = this.listen();
    }
  }

  private show(messages: readonly LiveMessage[]): void {
    const { query } = this;
    const { rows: next, snapshot, changes, problem } = applyMessages(this.held, messages);
    this.held = next;
    this.epoch = this.connection.epoch;
    if (next !== undefined && (snapshot || changes.length > 0)) {
      this.sink.batch({ query, snapshot, rows: next.rows, changes });
    }
    const shown = next && { query, rows: next.rows, count: next.count };
    this.sink.state(
      problem === undefined
        ? { ...shown, status: 'live', problem: null }
        : { ...shown, status: 'refused', problem },
    );
  }

  private drop(): void {
    this.cancelFrame?.();
    this.cancelFrame = undefined;
    this.queue = [];
    this.held = undefined;
  }
}
