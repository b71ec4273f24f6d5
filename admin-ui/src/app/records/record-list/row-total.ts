import { signal } from '@angular/core';
import type { RowCount } from '../../model';

/** How far a list goes on behind its last known row as long as its end has not been seen. */
const ROOM = 100;

/** How many rows there are, as far as that is known: counted, estimated, or the end seen. */
export class RowTotal {
  private readonly counted = signal<RowCount | null>(null);
  private readonly exactWanted = signal(false);
  private end: number | undefined;

  readonly count = this.counted.asReadonly();
  readonly isExactWanted = this.exactWanted.asReadonly();

  /** Whether the position behind the last row is known. */
  get isEndKnown(): boolean {
    return this.end !== undefined;
  }

  /** Starts anew with other rows. */
  reset(estimate: number | null): void {
    this.counted.set(estimate === null ? null : { value: estimate, exact: false });
    this.exactWanted.set(false);
    this.end = undefined;
  }

  wantExact(): void {
    this.exactWanted.set(true);
  }

  take(count: RowCount): void {
    if (count.exact || !this.exactWanted()) {
      this.counted.set(count);
      this.end = count.exact ? count.value : this.end;
    }
  }

  /** Learns that rows came or went. */
  shift(gained: number): void {
    this.end = this.end === undefined ? undefined : this.end + gained;
  }

  /** Learns from rows that were read; answers whether they leave open where the rows end. */
  learn(offset: number, found: number, limit: number): boolean {
    if (found < limit && (found > 0 || offset === 0)) {
      this.end = offset + found;
    } else if (found === limit && this.end !== undefined && this.end < offset + found) {
      this.end = undefined;
    }
    return found === 0 && offset > 0 && this.end === undefined;
  }

  /** Whether a position may hold a row. */
  reaches(position: number): boolean {
    return this.end === undefined || position < this.end;
  }

  /** How long the list is to be, given where the rows at hand end. */
  length(endAtHand: number): number {
    const guess = Math.max(this.counted()?.value ?? 0, endAtHand === 0 ? 0 : endAtHand + ROOM);
    return this.end === undefined ? guess : Math.max(this.end, endAtHand);
  }
}
