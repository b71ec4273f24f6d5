import {
  afterRenderEffect,
  computed,
  DestroyRef,
  Directive,
  ElementRef,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { ScrollGeometry } from './scroll-geometry';

/** How far a scroll position may be off after rounding to device pixels. */
const ROUNDING = 1;

/**
 * The scrolled element of a grid. `offset` is the truth, in pixels of all rows together; the
 * element's scroll position follows it and, when the user scrolls, leads it.
 */
@Directive({
  selector: '[orielGridViewport]',
  host: { '(scroll)': 'follow()' },
})
export class GridViewport {
  readonly rowCount = input(0);
  readonly rowHeight = input(32);
  readonly headerHeight = input(0);

  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly wanted = signal(0);
  private readonly size = signal({ width: 0, height: 0 }, { equal: sameSize });
  private readonly scrolledLeft = signal(0);

  readonly left = this.scrolledLeft.asReadonly();
  readonly width = computed(() => this.size().width);
  readonly geometry = computed(
    () =>
      new ScrollGeometry(
        this.rowCount(),
        this.rowHeight(),
        Math.max(0, this.size().height - this.headerHeight()),
      ),
  );
  readonly offset = computed(() => this.geometry().clamp(this.wanted()));

  constructor() {
    const { element } = this;
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(element);
    const wheel = (event: WheelEvent): void => this.turn(event);
    element.addEventListener('wheel', wheel, { passive: false });
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
      element.removeEventListener('wheel', wheel);
    });
    afterRenderEffect({
      mixedReadWrite: () => {
        const top = this.geometry().topOf(this.offset());
        if (Math.abs(element.scrollTop - top) >= ROUNDING) {
          element.scrollTop = top;
        }
      },
    });
  }

  scrollTo(offset: number): void {
    this.wanted.set(Math.max(0, offset));
  }

  /** Shows the part of a row from `start` to `end`, beside what sticks on the left. */
  scrollAcross(start: number, end: number, sticking: number): void {
    const { element } = this;
    if (start < element.scrollLeft + sticking) {
      element.scrollLeft = start - sticking;
    } else if (end > element.scrollLeft + this.width()) {
      element.scrollLeft = end - this.width();
    }
    this.scrolledLeft.set(element.scrollLeft);
  }

  protected follow(): void {
    const { element } = this;
    this.scrolledLeft.set(element.scrollLeft);
    const geometry = untracked(this.geometry);
    if (Math.abs(element.scrollTop - geometry.topOf(untracked(this.offset))) >= ROUNDING) {
      this.wanted.set(geometry.offsetOf(element.scrollTop));
    }
  }

  /** Where scrolling is scaled, a turn of the wheel still means so many pixels of rows. */
  private turn(event: WheelEvent): void {
    if (this.geometry().isScaled && event.deltaY !== 0 && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? this.rowHeight() : 1;
      this.scrollTo(this.offset() + event.deltaY * unit);
    }
  }

  private measure(): void {
    this.size.set({ width: this.element.clientWidth, height: this.element.clientHeight });
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}
