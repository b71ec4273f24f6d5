import { Component, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icons';

/** What is shown where there is nothing to show: what happened, and what can be done. */
@Component({
  selector: 'oriel-empty-state',
  imports: [Icon],
  template: `
    <oriel-icon [name]="icon()" />
    <div class="heading" role="heading" [attr.aria-level]="level()">{{ heading() }}</div>
    <p><ng-content /></p>
    <div class="actions"><ng-content select="[emptyAction]" /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 4px;
      max-width: 30rem;
      margin: 0 auto;
      padding: 64px 24px;
      text-align: center;
    }

    oriel-icon {
      width: 28px;
      height: 28px;
      margin-bottom: 8px;
      color: var(--oriel-faint);
    }

    .heading {
      font: var(--mat-sys-title-medium);
    }

    p {
      margin: 0;
      color: var(--oriel-muted);
      overflow-wrap: anywhere;
    }

    .actions {
      display: flex;
      gap: 8px;
      margin-top: 16px;
    }
  `,
})
export class EmptyState {
  readonly icon = input<IconName>('info');
  readonly heading = input.required<string>();
  /** The level of the heading; 1 where the page has no other. */
  readonly level = input(2);
}
