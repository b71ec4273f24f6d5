import { Component, input, linkedSignal } from '@angular/core';

/** A picture of fixed height; its address as a link when it cannot be shown. */
@Component({
  selector: 'oriel-image-view',
  template: `
    @if (broken()) {
      <a target="_blank" rel="noopener noreferrer" tabindex="-1" [href]="src()">{{ text() }}</a>
    } @else {
      <img
        loading="lazy"
        decoding="async"
        referrerpolicy="no-referrer"
        alt=""
        [src]="src()"
        [height]="height()"
        [title]="text()"
        (error)="broken.set(true)"
      />
    }
  `,
  styles: `
    :host {
      display: flex;
      min-inline-size: 0;
    }
    img {
      max-inline-size: 100%;
      border-radius: 4px;
      object-fit: contain;
    }
    a {
      overflow: hidden;
      text-overflow: ellipsis;
    }
  `,
})
export class ImageView {
  readonly src = input.required<string>();
  readonly text = input.required<string>();
  readonly height = input.required<number>();

  protected readonly broken = linkedSignal({ source: this.src, computation: () => false });
}
