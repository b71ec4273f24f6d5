import { BreakpointObserver } from '@angular/cdk/layout';
import type { ElementRef } from '@angular/core';
import { Component, computed, DOCUMENT, inject, viewChild } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatSidenav, MatSidenavContainer, MatSidenavContent } from '@angular/material/sidenav';
import { RouterLink, RouterOutlet } from '@angular/router';
import { Catalog } from '../backend';
import { watchSchema } from '../live';
import { Session } from '../session';
import { EmptyState, Icon } from '../ui';
import { Banners } from './banners';
import { ConnectionDot } from './connection-dot';
import { Navigation } from './navigation';
import { Theme } from './theme';
import { UserMenu } from './user-menu';

const NARROW = '(max-width: 959.98px)';

/** The frame around every page: navigation, banners, who is signed in. */
@Component({
  selector: 'oriel-layout',
  imports: [
    Banners,
    ConnectionDot,
    EmptyState,
    Icon,
    MatButton,
    MatIconButton,
    MatSidenav,
    MatSidenavContainer,
    MatSidenavContent,
    Navigation,
    RouterLink,
    RouterOutlet,
    UserMenu,
  ],
  templateUrl: './layout.html',
  styleUrl: './layout.scss',
  host: { '(document:keydown)': 'handleKey($event)' },
})
export class Layout {
  private readonly document = inject(DOCUMENT);
  private readonly main = viewChild<ElementRef<HTMLElement>>('main');
  private readonly drawer = viewChild<MatSidenav>('drawer');
  private readonly navigation = viewChild(Navigation);
  private readonly narrow = toSignal(inject(BreakpointObserver).observe(NARROW));

  protected readonly session = inject(Session);
  protected readonly catalog = inject(Catalog);
  protected readonly isNarrow = computed(() => this.narrow()?.matches ?? false);
  protected readonly application = computed(() => this.session.info()?.application ?? 'Oriel');

  /** What to show instead of pages; undefined where somebody is, or was, signed in. */
  protected readonly refusal = computed<'forbidden' | 'signed-out' | undefined>(() => {
    const status = this.session.status();
    if (status === 'forbidden') {
      return 'forbidden';
    }
    return status === 'signed-out' && this.session.info() === undefined ? 'signed-out' : undefined;
  });

  constructor() {
    inject(Theme);
    watchSchema();
    void this.session.refresh();
  }

  protected closeDrawer(): void {
    if (this.isNarrow()) {
      void this.drawer()?.close();
    }
  }

  protected toMain(event: Event): void {
    event.preventDefault();
    this.main()?.nativeElement.focus();
  }

  protected reload(): void {
    this.document.location.reload();
  }

  protected handleKey(event: KeyboardEvent): void {
    if ((event.metaKey || event.ctrlKey) && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      void this.drawer()
        ?.open()
        .then(() => this.navigation()?.focusSearch());
    }
  }
}
