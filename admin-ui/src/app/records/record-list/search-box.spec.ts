import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { SearchBox } from './search-box';

@Component({
  imports: [SearchBox],
  template: `
    <oriel-search-box label="Films" [words]="words()" (wordsChange)="take($event)" />
    <input class="other" />
    <p tabindex="-1">text</p>
  `,
})
class Host {
  readonly words = signal('');
  readonly told: string[] = [];

  take(words: string): void {
    this.told.push(words);
    this.words.set(words);
  }
}

describe('SearchBox', () => {
  let fixture: ComponentFixture<Host>;
  let host: Host;
  let box: HTMLInputElement;
  const one = (selector: string): HTMLElement =>
    (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>(selector)!;
  const type = (text: string): void => {
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const press = (target: HTMLElement, key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
    target.dispatchEvent(event);
    return event;
  };

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    fixture = TestBed.createComponent(Host);
    document.body.append(fixture.nativeElement as HTMLElement);
    host = fixture.componentInstance;
    fixture.detectChanges();
    await Promise.resolve();
    box = one('input') as HTMLInputElement;
  });

  afterEach(() => {
    vi.useRealTimers();
    (fixture.nativeElement as HTMLElement).remove();
  });

  it('tells the words when the typing pauses, once', () => {
    type('bl');
    vi.advanceTimersByTime(200);
    type('blue ');
    vi.advanceTimersByTime(200);
    expect(host.told).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(host.told).toEqual(['blue']);
    type('blue');
    vi.advanceTimersByTime(1000);
    expect(host.told).toEqual(['blue']);
  });

  it('tells them at once on Enter', () => {
    type('blue');
    press(box, 'Enter');
    vi.advanceTimersByTime(1000);
    expect(host.told).toEqual(['blue']);
  });

  it('keeps what is typed while the words come back', () => {
    type('blue ');
    vi.advanceTimersByTime(300);
    fixture.detectChanges();
    expect(box.value).toBe('blue ');
  });

  it('shows the words of the URL, also after going back', () => {
    host.words.set('red');
    fixture.detectChanges();
    expect(box.value).toBe('red');
    type('red blue');
    vi.advanceTimersByTime(300);
    host.words.set('');
    fixture.detectChanges();
    expect(box.value).toBe('');
  });

  it('is cleared by Escape and by its button, and left by another Escape', () => {
    box.focus();
    type('blue');
    vi.advanceTimersByTime(300);
    fixture.detectChanges();
    press(box, 'Escape');
    fixture.detectChanges();
    expect([box.value, ...host.told]).toEqual(['', 'blue', '']);
    expect(document.activeElement).toBe(box);
    press(box, 'Escape');
    expect(document.activeElement).not.toBe(box);
    type('red');
    fixture.detectChanges();
    one('button').click();
    expect(host.told.at(-1)).toBe('');
  });

  it('is reached by a slash, unless one is typed', () => {
    expect(press(one('p'), '/').defaultPrevented).toBe(true);
    expect(document.activeElement).toBe(box);
    box.blur();
    for (const [target, more] of [
      [one('.other'), {}],
      [box, {}],
      [one('p'), { ctrlKey: true }],
    ] as const) {
      expect(press(target, '/', more).defaultPrevented).toBe(false);
      expect(document.activeElement).not.toBe(box);
    }
  });
});
