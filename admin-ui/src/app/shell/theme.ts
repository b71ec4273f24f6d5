import { DOCUMENT, effect, inject, Service, signal } from '@angular/core';
import { readStored, writeStored } from './local-storage';

export type ThemeName = 'system' | 'light' | 'dark';

const KEY = 'oriel.theme';

/** Light, dark, or whatever the system says; remembered by the browser. */
@Service()
export class Theme {
  private readonly root = inject(DOCUMENT).documentElement;
  private readonly chosen = signal<ThemeName>(readTheme());

  readonly name = this.chosen.asReadonly();

  constructor() {
    effect(() => {
      const name = this.chosen();
      writeStored(KEY, name);
      if (name === 'system') {
        delete this.root.dataset['theme'];
      } else {
        this.root.dataset['theme'] = name;
      }
    });
  }

  choose(name: ThemeName): void {
    this.chosen.set(name);
  }
}

function readTheme(): ThemeName {
  const name = readStored(KEY);
  return name === 'light' || name === 'dark' ? name : 'system';
}
