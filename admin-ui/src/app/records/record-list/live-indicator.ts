import { Component, computed, inject, input, output } from '@angular/core';
import { MatDialog, MatDialogConfig } from '@angular/material/dialog';
import { MatMenuModule } from '@angular/material/menu';
import { LiveConnection } from '../../live';
import type { LiveMode, Problem, RelationDetail, RelationKind, RelationName } from '../../model';
import { LiveInstaller } from './live-installer';

interface Wording {
  readonly label: string;
  readonly text: string;
}

/** Relations that PostgreSQL allows triggers on. */
const INSTALLABLE: ReadonlySet<RelationKind> = new Set(['table', 'partitioned-table']);

const WORDING: Readonly<Record<LiveMode, Wording>> = {
  triggers: {
    label: 'Live',
    text: 'Every committed change appears here at once, whichever program made it.',
  },
  wal: {
    label: 'Live',
    text: 'Every committed change appears here at once, whichever program made it: PostgreSQL’s write-ahead log is read.',
  },
  polling: {
    label: 'Live, 2 s',
    text: 'Changes appear within about two seconds: PostgreSQL’s statistics are watched, nothing is installed.',
  },
  requery: {
    label: 'Live, re-read',
    text: 'The rows of a view are read again from time to time while you look at them.',
  },
  off: {
    label: 'Not live',
    text: 'Rows are shown as they were read. Refresh to see changes.',
  },
};

/** How changes reach the rows shown, in a word and, on demand, in a sentence. */
@Component({
  selector: 'oriel-live-indicator',
  imports: [MatMenuModule],
  templateUrl: './live-indicator.html',
  styleUrl: './live-indicator.scss',
})
export class LiveIndicator {
  readonly detail = input.required<RelationDetail>();
  /** Whether the rows shown follow the database right now. */
  readonly isLive = input(false);
  readonly problem = input<Problem | null>(null);
  readonly readOnly = input(false);

  /** Asks for the rows to be read again, because updates became instant. */
  readonly installed = output();

  private readonly connection = inject(LiveConnection);
  private readonly dialog = inject(MatDialog);

  protected readonly wording = computed<Wording>(() => {
    const problem = this.problem();
    if (problem !== null) {
      return { label: 'Not live', text: problem.message };
    }
    if (this.detail().live !== 'off' && this.connection.state().status === 'offline') {
      return {
        label: 'Reconnecting',
        text: 'The connection for live rows is lost and is being sought again. Nothing is missed.',
      };
    }
    const wording = WORDING[this.detail().live];
    return this.isLive() || this.detail().live === 'off'
      ? wording
      : { label: 'Connecting', text: wording.text };
  });
  protected readonly canInstall = computed(
    () =>
      this.detail().live === 'polling' && INSTALLABLE.has(this.detail().kind) && !this.readOnly(),
  );

  protected install(): void {
    const { schema, name } = this.detail();
    const config = Object.assign(new MatDialogConfig<RelationName>(), {
      data: { schema, relation: name },
      width: '44rem',
      maxWidth: 'calc(100vw - 32px)',
    });
    this.dialog
      .open<LiveInstaller, RelationName, boolean>(LiveInstaller, config)
      .afterClosed()
      .subscribe((done) => {
        if (done === true) {
          this.installed.emit();
        }
      });
  }
}
