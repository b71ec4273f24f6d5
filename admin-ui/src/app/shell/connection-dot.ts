import { Component, computed, inject } from '@angular/core';
import { LiveConnection } from '../live';
import { Session } from '../session';

/** Whether what is shown follows the database right now. */
@Component({
  selector: 'oriel-connection-dot',
  template: `
    <span class="state" role="status" [class]="tone()" [title]="explanation()">
      <span class="dot"></span>{{ label() }}
    </span>
  `,
  styleUrl: './connection-dot.scss',
})
export class ConnectionDot {
  private readonly connection = inject(LiveConnection);
  private readonly session = inject(Session);

  private readonly isOffered = computed(() => this.session.info()?.live !== false);

  protected readonly tone = computed(() =>
    this.isOffered() ? this.connection.state().status : 'off',
  );

  protected readonly label = computed(() => {
    switch (this.tone()) {
      case 'live':
        return 'Live';
      case 'offline':
        return 'Offline';
      case 'off':
        return 'Not live';
      default:
        return 'Connecting';
    }
  });

  protected readonly explanation = computed(() => {
    const state = this.connection.state();
    if (!this.isOffered()) {
      return 'This server sends no live rows; use refresh to see changes.';
    }
    switch (state.status) {
      case 'live':
        return 'Changes appear as they are committed.';
      case 'offline':
        return `No live rows since ${state.since.toLocaleTimeString()}. The page keeps trying.`;
      default:
        return 'Opening the connection for live rows.';
    }
  });
}
