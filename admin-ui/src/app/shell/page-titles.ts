import { effect, inject, Service, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy } from '@angular/router';
import type { RouterStateSnapshot } from '@angular/router';
import { Session } from '../session';

/** The browser's title: what the route is about, then the application. */
@Service({ autoProvided: false })
export class PageTitles extends TitleStrategy {
  private readonly page = signal('');

  constructor() {
    super();
    const title = inject(Title);
    const session = inject(Session);
    effect(() => {
      const application = session.info()?.application;
      const names = [this.page(), application ? `${application} – Oriel` : 'Oriel'];
      title.setTitle(names.filter((it) => it !== '').join(' · '));
    });
  }

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.page.set(this.buildTitle(snapshot) ?? '');
  }
}
