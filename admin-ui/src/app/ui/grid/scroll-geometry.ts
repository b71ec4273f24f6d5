import type { GridRange } from './grid-model';

/** Browsers cap an element's height at about 16.7 million pixels; beyond this scrolling is scaled. */
const TALLEST = 15_000_000;

/**
 * Relates two measures of a scrolled list: `offset`, in pixels of all rows together, and `top`, the
 * scroll position of the element that stands for them. They differ only where the rows together are
 * taller than an element can be.
 */
export class ScrollGeometry {
  readonly #total: number;
  readonly #scale: number;

  /** The greatest offset. */
  readonly maxOffset: number;
  /** The height of the element that stands for all rows. */
  readonly height: number;

  constructor(
    readonly rowCount: number,
    readonly rowHeight: number,
    readonly viewportHeight: number,
    tallest = TALLEST,
  ) {
    this.#total = rowCount * rowHeight;
    this.height = Math.min(this.#total, tallest);
    this.maxOffset = Math.max(0, this.#total - viewportHeight);
    const maxTop = Math.max(0, this.height - viewportHeight);
    this.#scale = maxTop === 0 ? 1 : this.maxOffset / maxTop;
  }

  get isScaled(): boolean {
    return this.#total > this.height;
  }

  clamp(offset: number): number {
    return Math.min(this.maxOffset, Math.max(0, offset));
  }

  topOf(offset: number): number {
    return offset / this.#scale;
  }

  offsetOf(top: number): number {
    return this.clamp(top * this.#scale);
  }

  /** Where a row is placed inside the tall element while it is scrolled to `offset`. */
  placeOf(index: number, offset: number): number {
    const place = index * this.rowHeight;
    return this.isScaled ? place - (offset - this.topOf(offset)) : place;
  }

  /** The rows that are seen at `offset`, with some more on both sides. */
  visible(offset: number, overscan = 0): GridRange {
    const first = Math.floor(offset / this.rowHeight);
    const end = Math.ceil((offset + this.viewportHeight) / this.rowHeight);
    return {
      start: Math.max(0, Math.min(first, this.rowCount) - overscan),
      end: Math.min(this.rowCount, end + overscan),
    };
  }

  /** The offset nearest to `offset` at which the row is seen whole. */
  offsetShowing(index: number, offset: number): number {
    const top = index * this.rowHeight;
    const bottom = top + this.rowHeight - this.viewportHeight;
    return this.clamp(offset > top ? top : Math.max(offset, bottom));
  }
}
