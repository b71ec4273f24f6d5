import { TestBed } from '@angular/core/testing';
import { UnsavedWork } from './unsaved-work';

describe('UnsavedWork', () => {
  it('asks before the page is left as long as anybody holds input', () => {
    const work = TestBed.inject(UnsavedWork);
    const [a, b] = [Symbol('a'), Symbol('b')];
    const leave = (): boolean =>
      window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(true);
    work.set(a, true);
    work.set(b, true);
    work.set(a, false);
    expect(work.exists()).toBe(true);
    expect(leave()).toBe(false);
    work.set(b, false);
    expect(work.exists()).toBe(false);
    expect(leave()).toBe(true);
  });
});
