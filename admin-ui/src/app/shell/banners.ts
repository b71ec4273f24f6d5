import { Component, computed, DOCUMENT, effect, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Catalog, Outage } from '../backend';
import { LiveConnection } from '../live';
import { Session, UnsavedWork } from '../session';
import { Notice } from '../ui';

/** How long the live connection may be away before the page speaks of it. */
const PATIENCE = 4_000;

/** What is wrong with the session, the database or the connection; each goes when its cause does. */
@Component({
  selector: 'oriel-banners',
  imports: [MatButton, Notice],
  templateUrl: './banners.html',
})
export class Banners {
  private readonly connection = inject(LiveConnection);
  private readonly document = inject(DOCUMENT);
  private readonly unsaved = inject(UnsavedWork);
  private readonly now = signal(Date.now());
  private readonly patienceEnded = signal(false);

  protected readonly session = inject(Session);
  protected readonly outage = inject(Outage);
  protected readonly catalog = inject(Catalog);

  protected readonly isSignedOut = computed(
    () => this.session.status() === 'signed-out' && this.session.info() !== undefined,
  );

  protected readonly seconds = computed(() => {
    const retryAt = this.outage.retryAt();
    return retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - this.now()) / 1000));
  });

  protected readonly isSocketLost = computed(
    () => this.patienceEnded() && this.connection.state().status === 'offline',
  );

  /** A failed catalog that no other banner speaks of. */
  protected readonly catalogProblem = computed(() =>
    this.outage.problem() === null && this.session.status() === 'signed-in'
      ? this.catalog.problem()
      : null,
  );

  constructor() {
    effect((onCleanup) => {
      if (this.outage.problem() !== null) {
        const timer = setInterval(() => {
          this.now.set(Date.now());
        }, 500);
        onCleanup(() => {
          clearInterval(timer);
        });
      }
    });
    effect((onCleanup) => {
      if (this.connection.state().status === 'offline') {
        const timer = setTimeout(() => {
          this.patienceEnded.set(true);
        }, PATIENCE);
        onCleanup(() => {
          clearTimeout(timer);
        });
      } else {
        this.patienceEnded.set(false);
      }
    });
    this.document.defaultView?.addEventListener('focus', () => {
      if (this.isSignedOut()) {
        void this.session.refresh();
      }
    });
  }

  protected sentence(message: string): string {
    return /[.!?…]$/.test(message) ? message : `${message}.`;
  }

  protected retry(): void {
    void this.outage.retry();
  }

  protected reconnect(): void {
    this.connection.reconnectNow();
  }

  /**
   * Goes to the host's login and comes back to this address. Where input would be lost, the login
   * opens beside the page, which goes on by itself once somebody is signed in again.
   */
  protected signIn(): void {
    if (this.unsaved.exists()) {
      this.document.defaultView?.open(this.document.baseURI, '_blank', 'noopener');
    } else {
      this.document.location.reload();
    }
  }
}
