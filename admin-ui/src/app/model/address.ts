import type { RelationName } from './relation';

/** What a path may not hold: hosts refuse some of it, the rest would be read as a separator. */
const RESERVED = /[~,/\\%;\u0000-\u001f\u007f\u2028\u2029]|^\.+$/gu;

/** In a name, what hosts refuse, and what would be read as an escape. */
const UNFIT = /[/\\%;\u0000-\u001f\u007f\u2028\u2029]|^\.+$|~[0-9a-f]*~/u;

/** The path of a relation's grid, from the root of the page. */
export function relationPath({ schema, relation }: RelationName): readonly string[] {
  return ['/t', writeName(schema), writeName(relation)];
}

/** The path of a row's page. */
export function rowPath(name: RelationName, key: readonly string[]): readonly string[] {
  return [...relationPath(name), 'r', writeKey(key)];
}

/** The path of the form for a new row. */
export function newRowPath(name: RelationName): readonly string[] {
  return [...relationPath(name), 'new'];
}

/** A name as one segment of a path: as it is, but for names that hold what hosts refuse. */
export function writeName(name: string): string {
  return UNFIT.test(name) ? escaped(name) : name;
}

/** The name that `writeName` wrote. */
export function readName(segment: string): string {
  return readComponent(segment);
}

/** A key as one segment of a path: components joined by commas, what is reserved as `~hex~`. */
export function writeKey(key: readonly string[]): string {
  return key.map(writeComponent).join(',');
}

/** The components of a key, as `writeKey` wrote them. */
export function readKey(segment: string): readonly string[] {
  return segment.split(',').map(readComponent);
}

function writeComponent(component: string): string {
  return component === '' ? '~~' : escaped(component);
}

function escaped(text: string): string {
  return text.replace(RESERVED, (found) =>
    Array.from(found, (it) => `~${(it.codePointAt(0) ?? 0).toString(16)}~`).join(''),
  );
}

function readComponent(component: string): string {
  return component.replace(/~([0-9a-f]*)~/g, (_, hex: string) =>
    hex === '' ? '' : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}
