import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import { Component, computed, DestroyRef, inject, input, output, signal } from '@angular/core';
import type { Cell, ForeignKey } from '../../model';
import { problemOf } from '../../backend';
import { ReferenceLookup } from './reference-lookup';
import type { ReferenceOption } from './reference-lookup';

const PAUSE_MILLIS = 200;

/** The key of a row elsewhere: typed, or found by searching that relation. */
@Component({
  selector: 'oriel-reference-picker',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin],
  templateUrl: './reference-picker.html',
  styleUrl: './reference-picker.scss',
})
export class ReferencePicker {
  readonly controlId = input.required<string>();
  readonly describedBy = input.required<string>();
  readonly foreignKey = input.required<ForeignKey | undefined>();
  readonly text = input.required<string>();
  readonly placeholder = input('');
  readonly disabled = input(false);

  /** The input event of the text box. */
  readonly textInput = output<Event>();
  readonly valueChange = output<Cell>();

  protected readonly isOpen = signal(false);
  protected readonly options = signal<readonly ReferenceOption[]>([]);
  protected readonly active = signal(-1);
  protected readonly message = signal('');
  protected readonly width = signal(0);
  protected readonly listId = computed(() => `${this.controlId()}-list`);
  protected readonly activeId = computed(() =>
    this.isOpen() && this.active() >= 0 ? `${this.listId()}-${this.active()}` : null,
  );

  private readonly lookup = inject(ReferenceLookup);
  private request = new AbortController();
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.cancel());
  }

  protected type(event: Event): void {
    this.textInput.emit(event);
    const input = event.target as HTMLInputElement;
    this.searchFor(input, input.value, PAUSE_MILLIS);
  }

  protected press(event: KeyboardEvent): void {
    const input = event.target as HTMLInputElement;
    const last = this.options().length - 1;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.isOpen()) {
        this.searchFor(input, '', 0);
      } else {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        this.active.update((it) => Math.max(0, Math.min(last, it + step)));
      }
    } else if (event.key === 'Enter' && this.isOpen()) {
      const option = this.options()[this.active()];
      if (option !== undefined) {
        event.preventDefault();
        this.choose(option);
      }
    } else if (event.key === 'Escape' && this.isOpen()) {
      event.stopPropagation();
      this.close();
    }
  }

  protected toggle(input: HTMLInputElement): void {
    if (this.isOpen()) {
      this.close();
    } else {
      input.focus();
      this.searchFor(input, '', 0);
    }
  }

  protected choose(option: ReferenceOption): void {
    this.close();
    this.valueChange.emit(option.value);
  }

  protected close(): void {
    this.cancel();
    this.isOpen.set(false);
  }

  private searchFor(input: HTMLInputElement, term: string, pause: number): void {
    this.cancel();
    this.width.set(input.offsetWidth);
    this.pause = setTimeout(() => void this.search(term), pause);
  }

  private async search(term: string): Promise<void> {
    const foreignKey = this.foreignKey();
    if (foreignKey === undefined) {
      return;
    }
    const { signal } = this.request;
    this.isOpen.set(true);
    this.message.set(this.options().length === 0 ? 'Searching…' : '');
    try {
      const options = await this.lookup.search(foreignKey, term, signal);
      this.options.set(options);
      this.active.set(-1);
      this.message.set(options.length === 0 ? 'No row fits' : '');
    } catch (error) {
      if (!signal.aborted) {
        this.options.set([]);
        this.message.set(problemOf(error).message);
      }
    }
  }

  private cancel(): void {
    clearTimeout(this.pause);
    this.request.abort();
    this.request = new AbortController();
  }
}
