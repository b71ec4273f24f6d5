import { NumberText, parseJson } from '../../model';
import type { Cell, Column } from '../../model';
import { columnLike } from '../../testing/columns';
import type { CellFormat } from './cell-format';
import { formatCell, toneOf } from './format-cell';
import { formatOf, guessFormat } from './guess-format';
import { timestampText } from './moment-text';
import { parseMoment } from './moment';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const text = columnLike({ name: 'note' });
const amount = columnLike({ name: 'amount', kind: 'number', baseType: 'numeric' });
const at = columnLike({ name: 'at', kind: 'timestamptz', baseType: 'timestamptz' });

const show = (
  value: Cell,
  column: Column,
  name: CellFormat['name'],
  options: Readonly<Record<string, string>> = {},
) => formatCell(value, column, { name, options }, { locale: 'en', now: NOW });

const number = (digits: string): NumberText => new NumberText(digits);

describe('formatCell', () => {
  it('tells NULL and empty text apart in every format', () => {
    for (const name of ['text', 'number', 'datetime', 'badge', 'link', 'json'] as const) {
      expect(show(null, text, name).kind).toBe('null');
      expect(show('', text, name).kind).toBe('empty');
    }
  });

  it('keeps every digit of a number', () => {
    expect(show(number('9007199254740993.10'), amount, 'number').text).toBe(
      '9,007,199,254,740,993.10',
    );
  });

  it('rounds only on demand and then says the exact value', () => {
    expect(show(number('1.005'), amount, 'number', { decimals: '2' })).toEqual({
      kind: 'number',
      text: '1.01',
      title: '1.005',
    });
  });

  it('shows what is no number as it is', () => {
    expect(show(number('NaN'), amount, 'currency').text).toBe('NaN');
    expect(show('Infinity', amount, 'number').text).toBe('Infinity');
  });

  it('fills up to the digits of the currency but never cuts', () => {
    expect(show(number('5'), amount, 'currency', { currency: 'EUR' }).text).toBe('€5.00');
    expect(show(number('5.125'), amount, 'currency', { currency: 'eur' }).text).toBe('€5.125');
    expect(show(number('5.1000'), amount, 'currency', { currency: 'EUR' }).text).toBe('€5.10');
    expect(show(number('5'), amount, 'currency', { currency: 'JPY' }).text).toBe('¥5');
  });

  it('takes a percentage as a ratio or as it is', () => {
    expect(show(number('0.1234'), amount, 'percent').text).toBe('12.34%');
    expect(show(number('12.34'), amount, 'percent', { scale: 'percent' }).text).toBe('12.34%');
  });

  it('keeps the microseconds and says the zone', () => {
    const value = '2026-03-31T14:05:06.123456+00:00';
    expect(show(value, at, 'datetime', { zone: 'UTC' })).toEqual({
      kind: 'text',
      text: '2026-03-31 14:05:06.123456 UTC',
      title: value,
    });
    expect(show(value, at, 'datetime', { zone: 'UTC', style: 'medium' }).text).toMatch(
      /Mar 31, 2026, 2:05:06\.123456\sPM UTC/,
    );
  });

  it('never shifts what has no zone', () => {
    const column = columnLike({ name: 'at', kind: 'timestamp' });
    expect(show('2026-03-29T02:30:00', column, 'datetime').text).toBe('2026-03-29 02:30:00');
    expect(show('2026-03-29', columnLike({ name: 'on', kind: 'date' }), 'date').text).toBe(
      '2026-03-29',
    );
  });

  it('shows what Intl cannot express as PostgreSQL wrote it', () => {
    expect(show('infinity', at, 'datetime').text).toBe('infinity');
    expect(show('294276-12-31T23:59:59+00:00', at, 'datetime', { style: 'long' }).text).toBe(
      '294276-12-31T23:59:59+00:00',
    );
  });

  it('says how long ago', () => {
    expect(show('2026-11-20T11:57:00Z', at, 'relative').text).toBe('3 minutes ago');
    expect(show('2026-11-22T13:00:00Z', at, 'relative').text).toBe('in 2 days');
    expect(show('2026-11-20T12:00:08Z', at, 'relative').text).toBe('now');
    expect(show('2026-11-20T12:00:30Z', at, 'relative').text).toBe('in 30 seconds');
    const day = columnLike({ name: 'on', kind: 'date' });
    expect(show('2026-11-19', day, 'relative').text).toBe('yesterday');
  });

  it('gives a value the same badge each time, and enum values different ones', () => {
    expect(toneOf('Bremen')).toBe(toneOf('Bremen'));
    expect(toneOf('failed')).not.toBe(toneOf('succeeded'));
    expect(toneOf('b', ['a', 'b', 'c'])).toBe(1);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'no address', '//x'])(
    'makes no link of %s',
    (address) => {
      expect(show(address, text, 'link').kind).toBe('text');
    },
  );

  it('links web and mail addresses', () => {
    expect(show('https://example.org/a?b=c', text, 'link')).toMatchObject({ kind: 'link' });
    expect(show('mailto:a@example.org', text, 'link', { label: 'Write' }).text).toBe('Write');
  });

  it('shows raster images only', () => {
    expect(show('https://example.org/a.png', text, 'image')).toMatchObject({
      kind: 'image',
      height: 24,
    });
    expect(show('https://example.org/a.svg', text, 'image').kind).toBe('text');
    expect(show('data:image/svg+xml;base64,AAAA', text, 'image').kind).toBe('text');
    expect(show('data:image/png;base64,AAAA', text, 'image').kind).toBe('image');
  });

  it('shows JSON on one line with its digits', () => {
    const value = parseJson('{"n": 12345678901234567890.10}');
    expect(show(value, columnLike({ name: 'j', kind: 'json' }), 'json').text).toBe(
      '{"n": 12345678901234567890.10}',
    );
  });

  it('shows arrays element by element', () => {
    const column = columnLike({ name: 'tags', array: true });
    expect(show(parseJson('["a", null, ""]'), column, 'text').text).toBe('a, NULL, ""');
  });

  it('shows true and false as such', () => {
    const column = columnLike({ name: 'on', kind: 'boolean' });
    expect(show(false, column, 'boolean')).toEqual({
      kind: 'boolean',
      text: 'false',
      value: false,
    });
    expect(show(number('1'), column, 'boolean')).toMatchObject({ value: true });
  });
});

describe('timestampText', () => {
  it('shows the same instant in the zone of the browser', () => {
    const moment = parseMoment('2026-01-31T12:00:00.5+00:00')!;
    const shown = timestampText(moment, 'iso', 'local', 'en');
    const local = new Date('2026-01-31T12:00:00Z');
    expect(shown).toContain(`${String(local.getHours()).padStart(2, '0')}:`);
    expect(shown).toContain(':00.5 ');
  });
});

describe('guessFormat', () => {
  it.each([
    [{ name: 'website_url' }, 'link'],
    [{ name: 'avatar_url' }, 'image'],
    [{ name: 'order_status' }, 'badge'],
    [{ name: 'name' }, 'text'],
    [{ name: 'active', kind: 'boolean' as const }, 'boolean'],
    [{ name: 'born', kind: 'date' as const }, 'date'],
    [{ name: 'at', kind: 'timestamptz' as const }, 'datetime'],
    [{ name: 'mood', kind: 'enum' as const }, 'badge'],
    [{ name: 'data', kind: 'json' as const }, 'json'],
    [{ name: 'price', kind: 'number' as const }, 'number'],
    [{ name: 'cash', kind: 'number' as const, baseType: 'money' }, 'text'],
    [{ name: 'tags', array: true }, 'text'],
  ])('guesses %o', (column, format) => {
    expect(guessFormat(columnLike(column)).name).toBe(format);
  });

  it('does not group numbers that name something', () => {
    const year = columnLike({ name: 'year', kind: 'integer' });
    expect(guessFormat(year).options).toEqual({ grouping: 'false' });
  });

  it('gives way to what the application set', () => {
    const { presentation } = amount;
    const set = { ...presentation, format: 'currency' as const, options: { currency: 'EUR' } };
    expect(formatOf({ ...amount, presentation: set })).toEqual({
      name: 'currency',
      options: { currency: 'EUR' },
    });
  });
});
