import { HttpBackend, HttpClient, HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { computed, inject, Service, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { apiPath, problemOf, ServerAddress } from '../backend';
import type { SessionInfo } from '../model';

/**
 * - `unknown`: not asked yet, or the server does not answer;
 * - `signed-out`: there was a session, or never one;
 * - `forbidden`: signed in, but without an authority that opens this page.
 */
export type SessionStatus = 'unknown' | 'signed-in' | 'signed-out' | 'forbidden';

/** Who is signed in. */
@Service()
export class Session {
  private readonly address = inject(ServerAddress);
  // Past the interceptors: they ask this service.
  private readonly http = new HttpClient(inject(HttpBackend));
  private readonly known = signal<SessionInfo | undefined>(undefined);
  private readonly state = signal<SessionStatus>('unknown');
  private asking: Promise<SessionStatus> | undefined;

  /** The last session known; kept when it ends, so that the page can stay as it is. */
  readonly info = this.known.asReadonly();
  readonly status = this.state.asReadonly();

  /** Whether the page may only show. */
  readonly readOnly = computed(() => this.known()?.readOnly ?? true);

  /** Asks the server who is signed in, and takes over its CSRF token. */
  refresh(): Promise<SessionStatus> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** Tells that the server refused a request because nobody is signed in any more. */
  expire(): void {
    this.state.set('signed-out');
  }

  private async ask(): Promise<SessionStatus> {
    const headers = new HttpHeaders({ 'X-Requested-With': 'XMLHttpRequest' });
    try {
      const text = await firstValueFrom(
        this.http.get(this.address.url(apiPath('session')), { headers, responseType: 'text' }),
      );
      const info = readSession(text);
      this.state.set(info === undefined ? 'signed-out' : 'signed-in');
      if (info !== undefined) {
        this.known.set(info);
      }
    } catch (error) {
      this.fail(error);
    }
    return this.state();
  }

  private fail(error: unknown): void {
    const { status } = problemOf(error);
    if (status === 401) {
      this.state.set('signed-out');
    } else if (status === 403) {
      this.state.set('forbidden');
    } else if (error instanceof HttpErrorResponse && this.state() === 'signed-out') {
      this.state.set('unknown');
    }
  }
}

/** The session, or undefined where a login page was answered instead. */
function readSession(text: string): SessionInfo | undefined {
  return text.trimStart().startsWith('{') ? (JSON.parse(text) as SessionInfo) : undefined;
}
