import { Component, computed, input } from '@angular/core';
import { Icon } from './icon';
import type { IconName } from './icons';

export type NoticeTone = 'info' | 'warning' | 'error';

/** A message in the page that stays until its cause is gone; buttons go into its content. */
@Component({
  selector: 'oriel-notice',
  imports: [Icon],
  host: { '[class]': 'tone()', '[attr.role]': 'role()' },
  template: `
    <oriel-icon [name]="icon()" />
    <div class="text"><ng-content /></div>
    <div class="actions"><ng-content select="[noticeAction]" /></div>
  `,
  styleUrl: './notice.scss',
})
export class Notice {
  readonly tone = input<NoticeTone>('info');

  protected readonly icon = computed<IconName>(() => (this.tone() === 'info' ? 'info' : 'alert'));
  protected readonly role = computed(() => (this.tone() === 'error' ? 'alert' : 'status'));
}
