import { HttpBackend, HttpClient } from '@angular/common/http';
import type { HttpRequest } from '@angular/common/http';
import { computed, inject, Service, signal } from '@angular/core';
import { lastValueFrom } from 'rxjs';
import { isOutage } from '../model';
import type { Problem } from '../model';
import { problemOf } from './problems';

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;

interface Lost {
  readonly problem: Problem;
  readonly since: number;
  readonly retryAt: number;
}

/**
 * Whether the server and its database answer. Once a request failed because they do not, the
 * request is tried again with growing pauses; `recoveries` counts the returns, for reads to follow.
 */
@Service()
export class Outage {
  private readonly http = new HttpClient(inject(HttpBackend));
  private readonly lost = signal<Lost | null>(null);
  private readonly returned = signal(0);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private delay = FIRST_DELAY;
  private probe: HttpRequest<unknown> | undefined;

  /** What is away; null while all is well. */
  readonly problem = computed(() => this.lost()?.problem ?? null);

  /** When the next try is due, in milliseconds since the epoch. */
  readonly retryAt = computed(() => this.lost()?.retryAt ?? null);

  /** How often the server came back; reads that depend on it load again when it grows. */
  readonly recoveries = this.returned.asReadonly();

  /**
   * Tells of a request that may have failed because the server or the database is away, and of a
   * read that will succeed when they are back.
   */
  report(problem: Problem, read: HttpRequest<unknown>): void {
    if (!isOutage(problem) || this.lost() !== null) {
      return;
    }
    this.probe = read;
    this.delay = FIRST_DELAY;
    this.wait(problem);
  }

  /** Tries at once. */
  async retry(): Promise<void> {
    if (this.lost() === null || this.probe === undefined) {
      return;
    }
    clearTimeout(this.timer);
    try {
      await lastValueFrom(this.http.request(this.probe));
      this.recovered();
    } catch (error) {
      const problem = problemOf(error);
      if (isOutage(problem)) {
        this.delay = Math.min(this.delay * 2, LONGEST_DELAY);
        this.wait(problem);
      } else {
        this.recovered();
      }
    }
  }

  private wait(problem: Problem): void {
    const pause = this.delay * (0.75 + Math.random() / 2);
    const since = this.lost()?.since ?? Date.now();
    this.lost.set({ problem, since, retryAt: Date.now() + pause });
    this.timer = setTimeout(() => void this.retry(), pause);
  }

  private recovered(): void {
    this.lost.set(null);
    this.returned.update((it) => it + 1);
  }
}
