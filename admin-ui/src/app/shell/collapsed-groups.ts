import { effect, Service, signal } from '@angular/core';
import { readStored, writeStored } from './local-storage';

const KEY = 'oriel.collapsed';

/** Which schemas of the navigation are folded away; remembered by the browser. */
@Service()
export class CollapsedGroups {
  private readonly schemas = signal<ReadonlySet<string>>(new Set(readNames()));

  constructor() {
    effect(() => {
      writeStored(KEY, JSON.stringify([...this.schemas()]));
    });
  }

  /** Whether a schema is folded away. */
  has(schema: string): boolean {
    return this.schemas().has(schema);
  }

  /** Folds a schema away or out. */
  toggle(schema: string): void {
    this.schemas.update((it) => {
      const schemas = new Set(it);
      if (!schemas.delete(schema)) {
        schemas.add(schema);
      }
      return schemas;
    });
  }
}

function readNames(): readonly string[] {
  try {
    const names: unknown = JSON.parse(readStored(KEY) ?? '[]');
    return Array.isArray(names) ? names.filter((it) => typeof it === 'string') : [];
  } catch {
    return []; // written by somebody else
  }
}
