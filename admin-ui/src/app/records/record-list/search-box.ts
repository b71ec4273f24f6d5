import {
  Component,
  DestroyRef,
  effect,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import type { ElementRef } from '@angular/core';
import { Icon } from '../../ui';

const PAUSE_MILLIS = 250;
/** Where a slash is something that is typed. */
const TYPED_INTO = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]';

/** Asks for rows by words; what was typed is told when the typing pauses. */
@Component({
  selector: 'oriel-search-box',
  imports: [Icon],
  templateUrl: './search-box.html',
  styleUrl: './search-box.scss',
  host: { role: 'search', '(document:keydown./)': 'take($event)' },
})
export class SearchBox {
  /** The words that the rows are asked for by. */
  readonly words = input.required<string>();
  readonly label = input.required<string>();

  readonly wordsChange = output<string>();

  protected readonly text = signal('');
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private timer: ReturnType<typeof setTimeout> | undefined;
  private told = '';

  constructor() {
    effect(() => {
      const words = this.words();
      // What comes back of what was typed must not undo what was typed since.
      if (words !== this.told.trim()) {
        this.told = words;
        clearTimeout(this.timer);
        this.text.set(words);
      }
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected type(event: Event): void {
    this.text.set((event.target as HTMLInputElement).value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), PAUSE_MILLIS);
  }

  protected tell(): void {
    clearTimeout(this.timer);
    if (this.text().trim() !== this.told.trim()) {
      this.told = this.text();
      this.wordsChange.emit(this.told.trim());
    }
  }

  /** Clears the box; where there is nothing to clear, leaves it. */
  protected escape(event: Event): void {
    event.stopPropagation();
    if (this.text() === '') {
      this.field().nativeElement.blur();
    } else {
      this.clear();
    }
  }

  protected clear(): void {
    this.text.set('');
    this.tell();
    this.field().nativeElement.focus();
  }

  protected take(event: Event): void {
    const { ctrlKey, metaKey, altKey } = event as KeyboardEvent;
    const isTyped = event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;
    if (event.defaultPrevented || isTyped || ctrlKey || metaKey || altKey) {
      return;
    }
    event.preventDefault();
    this.field().nativeElement.focus();
    this.field().nativeElement.select();
  }
}
