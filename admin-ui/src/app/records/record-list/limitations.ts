import { Component, computed, input } from '@angular/core';
import type { Limitation } from '../../model';
import { Icon } from '../../ui';

/** A quiet line that says what cannot be done with a relation, and why. */
@Component({
  selector: 'oriel-limitations',
  imports: [Icon],
  host: { role: 'note' },
  template: `
    <oriel-icon name="info" />
    <p>
      @for (sentence of sentences(); track sentence) {
        {{ sentence }}
      }
    </p>
  `,
  styles: `
    :host {
      display: flex;
      gap: 8px;
      padding: 0 16px 8px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }

    oriel-icon {
      flex: none;
      inline-size: 16px;
      block-size: 16px;
    }

    p {
      margin: 0;
      overflow-wrap: anywhere;
    }
  `,
})
export class Limitations {
  readonly limitations = input.required<readonly Limitation[]>();

  protected readonly sentences = computed(() =>
    this.limitations().map(({ message, columns }) =>
      columns.length === 0 ? message : `${columns.join(', ')}: ${message}`,
    ),
  );
}
