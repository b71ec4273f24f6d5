import type { Cell } from '../../model';

/**
 * What a cell shows, ready to be painted. `text` is always the whole visible content, so that it
 * can be copied, measured and read out; `title` says more on hover.
 */
export type CellView =
  | { readonly kind: 'null' | 'empty'; readonly text: string }
  | { readonly kind: 'text' | 'number'; readonly text: string; readonly title?: string }
  | { readonly kind: 'badge'; readonly text: string; readonly tone: number }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'image'; readonly text: string; readonly src: string; readonly height: number }
  | { readonly kind: 'boolean'; readonly text: string; readonly value: boolean }
  | { readonly kind: 'json'; readonly text: string; readonly value: Cell };
