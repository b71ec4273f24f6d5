/** A number as PostgreSQL wrote it: every digit is kept, no JavaScript number is ever made of it. */
export class NumberText {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }

  /** For those who print one with `JSON.stringify`, in a log for example. */
  toJSON(): string {
    return this.text;
  }
}

export type JsonValue = null | boolean | string | NumberText | readonly JsonValue[] | JsonObject;

/** An object without a prototype, so that a member named `__proto__` is a member like any other. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** The text an object or array was read from; read values are never changed, so it stays true. */
const SOURCE = Symbol('source');

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = /^[^\\\u0000-\u001f]*$/;

/** Reads JSON text. Throws a `SyntaxError` where the text is not JSON. */
export function parseJson(text: string): JsonValue {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  return value;
}

/** Writes a value as JSON; what was read by `parseJson` is written exactly as it was. */
export function writeJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (value instanceof NumberText) {
    return value.text;
  }
  const source = (value as { readonly [SOURCE]?: string })[SOURCE];
  if (source !== undefined) {
    return source;
  }
  if (isJsonArray(value)) {
    return `[${value.map(writeJson).join(',')}]`;
  }
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`,
  );
  return `{${members.join(',')}}`;
}

/** An object of the given members, without a prototype. */
export function jsonObject(members: Iterable<readonly [string, JsonValue]>): JsonObject {
  const object = Object.create(null) as Record<string, JsonValue>;
  for (const [name, value] of members) {
    object[name] = value;
  }
  return object;
}

/** Whether a value is a JSON array. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether a value is a JSON object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof NumberText) &&
    !isJsonArray(value)
  );
}

/** Whether two values are the same for a reader: the same text, digit by digit. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) {
    return true;
  }
  if (a === undefined || b === undefined || typeof a !== 'object' || typeof b !== 'object') {
    return false;
  }
  return a !== null && b !== null && writeJson(a) === writeJson(b);
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): JsonValue {
    this.skipSpace();
    switch (this.text[this.at]) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
        return this.string();
      case 't':
        return this.word('true', true);
      case 'f':
        return this.word('false', false);
      case 'n':
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  end(): void {
    this.skipSpace();
    if (this.at < this.text.length) {
      this.fail();
    }
  }

  private object(): JsonObject {
    const start = this.at++;
    const object = Object.create(null) as Record<string, JsonValue>;
    if (!this.take('}')) {
      do {
        this.skipSpace();
        const name = this.string();
        this.expect(':');
        object[name] = this.value();
      } while (this.take(','));
      this.expect('}');
    }
    return this.remember(object, start);
  }

  private array(): readonly JsonValue[] {
    const start = this.at++;
    const array: JsonValue[] = [];
    if (!this.take(']')) {
      do {
        array.push(this.value());
      } while (this.take(','));
      this.expect(']');
    }
    return this.remember(array, start);
  }

  private string(): string {
    const { text } = this;
    if (text.charCodeAt(this.at) !== QUOTE) {
      this.fail();
    }
    const start = this.at + 1;
    let end = text.indexOf('"', start);
    while (end > 0 && this.isEscaped(end, start)) {
      end = text.indexOf('"', end + 1);
    }
    if (end < 0) {
      this.fail();
    }
    this.at = end + 1;
    const raw = text.slice(start, end);
    return PLAIN.test(raw) ? raw : (JSON.parse(`"${raw}"`) as string);
  }

  private isEscaped(quote: number, start: number): boolean {
    let before = quote - 1;
    while (before >= start && this.text.charCodeAt(before) === BACKSLASH) {
      before--;
    }
    return (quote - before) % 2 === 0;
  }

  private number(): NumberText {
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (match === null) {
      this.fail();
    }
    this.at = NUMBER.lastIndex;
    return new NumberText(match[0]);
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) {
      this.fail();
    }
    this.at += word.length;
    return value;
  }

  private take(mark: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== mark) {
      return false;
    }
    this.at++;
    return true;
  }

  private expect(mark: string): void {
    if (!this.take(mark)) {
      this.fail();
    }
  }

  private skipSpace(): void {
    let code = this.text.charCodeAt(this.at);
    while (code === SPACE || code === 0x0a || code === 0x0d || code === 0x09) {
      code = this.text.charCodeAt(++this.at);
    }
  }

  private remember<T extends object>(value: T, start: number): T {
    const source = this.text.slice(start, this.at);
    return Object.defineProperty(value, SOURCE, { value: source });
  }

  private fail(): never {
    const found = this.at < this.text.length ? `'${this.text[this.at] ?? ''}'` : 'end of text';
    throw new SyntaxError(`Unexpected ${found} at position ${this.at}`);
  }
}
