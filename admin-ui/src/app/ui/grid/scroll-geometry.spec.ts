import { ScrollGeometry } from './scroll-geometry';

describe('ScrollGeometry', () => {
  it('is the identity while the rows fit into an element', () => {
    const geometry = new ScrollGeometry(1000, 30, 300);
    expect(geometry.isScaled).toBe(false);
    expect(geometry.height).toBe(30_000);
    expect(geometry.topOf(1234)).toBe(1234);
    expect(geometry.offsetOf(1234)).toBe(1234);
    expect(geometry.placeOf(10, 555)).toBe(300);
  });

  it('finds the rows that are seen, with some more around', () => {
    const geometry = new ScrollGeometry(1000, 30, 300);
    expect(geometry.visible(45)).toEqual({ start: 1, end: 12 });
    expect(geometry.visible(45, 5)).toEqual({ start: 0, end: 17 });
    expect(geometry.visible(geometry.maxOffset, 5)).toEqual({ start: 985, end: 1000 });
  });

  it('reaches the first and the last row when scrolling is scaled', () => {
    const geometry = new ScrollGeometry(10_000_000, 30, 300, 1_000_000);
    expect(geometry.isScaled).toBe(true);
    expect(geometry.offsetOf(0)).toBe(0);
    const bottom = geometry.offsetOf(1_000_000 - 300);
    expect(geometry.visible(bottom).end).toBe(10_000_000);
    expect(geometry.placeOf(9_999_999, bottom)).toBeCloseTo(1_000_000 - 30, 3);
  });

  it('places rows next to each other wherever it is scrolled to', () => {
    const geometry = new ScrollGeometry(10_000_000, 30, 300, 1_000_000);
    for (const offset of [0, 17, 123_456, 150_000_000, geometry.maxOffset]) {
      const { start } = geometry.visible(offset);
      const top = geometry.placeOf(start, offset) - geometry.topOf(offset);
      expect(top).toBeCloseTo(start * 30 - offset, 3);
      expect(geometry.placeOf(start + 1, offset) - geometry.placeOf(start, offset)).toBeCloseTo(30);
    }
  });

  it('scrolls no farther than needed to show a row', () => {
    const geometry = new ScrollGeometry(1000, 30, 300);
    expect(geometry.offsetShowing(5, 0)).toBe(0);
    expect(geometry.offsetShowing(10, 0)).toBe(30);
    expect(geometry.offsetShowing(3, 600)).toBe(90);
    expect(geometry.offsetShowing(999, 0)).toBe(geometry.maxOffset);
  });

  it('has nothing to show without rows', () => {
    expect(new ScrollGeometry(0, 30, 300).visible(0, 5)).toEqual({ start: 0, end: 0 });
  });
});
