import { Component, computed, input } from '@angular/core';
import { ICONS } from './icons';
import type { IconName } from './icons';

/** A small picture that says nothing the text beside it does not say. */
@Component({
  selector: 'oriel-icon',
  host: { 'aria-hidden': 'true' },
  template: `<svg viewBox="0 0 24 24" focusable="false"><path [attr.d]="outline()" /></svg>`,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: 1.125rem;
      height: 1.125rem;
    }

    svg {
      width: 100%;
      height: 100%;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();

  protected readonly outline = computed(() => ICONS[this.name()]);
}
