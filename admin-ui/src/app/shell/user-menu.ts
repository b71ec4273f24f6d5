import { Component, computed, inject } from '@angular/core';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Session, SignOut } from '../session';
import { Icon } from '../ui';
import type { IconName } from '../ui';
import { Theme } from './theme';
import type { ThemeName } from './theme';

const THEMES: readonly { readonly name: ThemeName; readonly label: string; icon: IconName }[] = [
  { name: 'system', label: 'Like the system', icon: 'monitor' },
  { name: 'light', label: 'Light', icon: 'sun' },
  { name: 'dark', label: 'Dark', icon: 'moon' },
];

/** Who is signed in, with what concerns only them. */
@Component({
  selector: 'oriel-user-menu',
  imports: [Icon, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './user-menu.html',
  styleUrl: './user-menu.scss',
})
export class UserMenu {
  protected readonly session = inject(Session);
  protected readonly signOut = inject(SignOut);
  protected readonly theme = inject(Theme);
  protected readonly themes = THEMES;

  protected readonly user = computed(() => this.session.info()?.user ?? '…');
  protected readonly initial = computed(() => this.user().charAt(0).toLocaleUpperCase());
}
