import { isJsonArray, NumberText, writeJson } from '../../model';
import type { Cell, Column, FormatOptions } from '../../model';
import type { CellFormat } from './cell-format';
import type { CellView } from './cell-view';
import { decimalText, parseDecimal, rounded, shifted } from './decimal';
import { isWithinIntl, parseMoment } from './moment';
import type { Moment } from './moment';
import { dateText, relativeText, timestampText } from './moment-text';
import type { DateStyle, ShownZone } from './moment-text';
import { currencyDigits, layOut } from './number-layout';
import type { NumberDress } from './number-layout';
import { safeImage, safeLink } from './safe-address';

/** Where and when a cell is shown. */
export interface Surroundings {
  readonly locale: string;
  /** Milliseconds since 1970, for relative dates. */
  readonly now: number;
}

const TONES = 10;
const LONGEST_TEXT = 500;
const LONGEST_JSON = 200;

/** Turns a value into what its cell shows. A value that does not fit the format is shown as text. */
export function formatCell(
  value: Cell,
  column: Column,
  { name, options }: CellFormat,
  surroundings: Surroundings,
): CellView {
  if (value === null) {
    return { kind: 'null', text: 'NULL' };
  }
  if (value === '') {
    return { kind: 'empty', text: 'empty' };
  }
  switch (name) {
    case 'number':
    case 'currency':
    case 'percent':
      return formatNumber(value, name, options, surroundings.locale);
    case 'date':
    case 'datetime':
    case 'relative':
      return formatMoment(value, name, options, surroundings);
    case 'badge': {
      const text = plainText(value);
      return { kind: 'badge', text, tone: toneOf(text, column.enumValues ?? undefined) };
    }
    case 'link': {
      const text = plainText(value);
      const href = safeLink(text);
      return href === undefined
        ? asText(value)
        : {
            kind: 'link',
            text: filled(options['label']) ?? text.replace(/^https?:\/\//, ''),
            href,
          };
    }
    case 'image': {
      const text = plainText(value);
      const src = safeImage(text);
      return src === undefined
        ? asText(value)
        : { kind: 'image', text, src, height: imageHeight(options) };
    }
    case 'boolean':
      return formatBoolean(value, options);
    case 'json':
      return { kind: 'json', text: cut(plainText(value), LONGEST_JSON), value };
    case 'text':
      return asText(value);
  }
}

/** The value as plain text, whole: for copying, titles and headings. NULL is nothing. */
export function plainText(value: Cell): string {
  if (value === null) {
    return '';
  }
  return typeof value === 'string' ? value : writeJson(value);
}

/** Words whose colour everybody expects. */
const MEANINGS: readonly { readonly tone: number; readonly words: RegExp }[] = [
  { tone: 0, words: /^(succeeded|success|successful|done|completed?|active|paid|approved|ok)$/i },
  { tone: 2, words: /^(pending|queued|waiting|paused|draft|medium|warning|on[ _-]hold)$/i },
  { tone: 3, words: /^(running|processing|in[ _-]progress|started|open|new)$/i },
  { tone: 7, words: /^(failed|failure|error|rejected|overdue|critical|blocked|denied|high)$/i },
];

/** A number between 0 and 9 that stays the same for the same text; enum values differ in order. */
export function toneOf(text: string, enumValues?: readonly string[]): number {
  const meaning = MEANINGS.find(({ words }) => words.test(text));
  if (meaning !== undefined) {
    return meaning.tone;
  }
  const position = enumValues?.indexOf(text) ?? -1;
  if (position >= 0) {
    return position % TONES;
  }
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (hash * 31 + text.charCodeAt(i)) | 0;
  }
  return Math.abs(hash) % TONES;
}

function formatNumber(
  value: Cell,
  name: 'number' | 'currency' | 'percent',
  options: FormatOptions,
  locale: string,
): CellView {
  const source = plainText(value);
  const decimal = parseDecimal(source);
  if (decimal === undefined) {
    return { kind: 'number', text: source };
  }
  const currency = (filled(options['currency']) ?? 'USD').toUpperCase();
  const display = options['display'] ?? 'symbol';
  const dress: NumberDress =
    name === 'currency'
      ? { style: 'currency', currency, currencyDisplay: isDisplay(display) ? display : 'symbol' }
      : name === 'percent'
        ? { style: 'percent' }
        : {};
  const scaled =
    name === 'percent' && options['scale'] !== 'percent' ? shifted(decimal, 2) : decimal;
  const places =
    decimals(options) ??
    (name === 'currency'
      ? Math.max(currencyDigits(currency), significantDigits(scaled.fraction))
      : scaled.fraction.length);
  const text = layOut(rounded(scaled, places), locale, dress, options['grouping'] !== 'false');
  const exact = decimalText(decimal);
  return places < scaled.fraction.length
    ? { kind: 'number', text, title: exact }
    : { kind: 'number', text };
}

function formatMoment(
  value: Cell,
  name: 'date' | 'datetime' | 'relative',
  options: FormatOptions,
  { locale, now }: Surroundings,
): CellView {
  const source = plainText(value);
  const moment = parseMoment(source);
  if (moment === undefined || !isWithinIntl(moment)) {
    return asText(value);
  }
  const style = isStyle(options['style']) ? options['style'] : 'iso';
  const zone: ShownZone = options['zone'] === 'UTC' ? 'UTC' : 'local';
  if (name === 'relative') {
    const whole = moment.time ? timestampText(moment, 'iso', zone, locale) : source;
    return { kind: 'text', text: relativeText(moment, now, locale), title: whole };
  }
  if (name === 'date' || moment.time === undefined) {
    const text = dateText(shownDate(moment, zone), style, locale);
    return text === source ? { kind: 'text', text } : { kind: 'text', text, title: source };
  }
  return { kind: 'text', text: timestampText(moment, style, zone, locale), title: source };
}

/** The calendar day in the shown zone; a value without a zone has its own. */
function shownDate(moment: Moment, zone: ShownZone): Moment {
  if (moment.offset === undefined) {
    return moment;
  }
  const text = timestampText(moment, 'iso', zone, 'en');
  const [date = '', , ...rest] = text.split(' ');
  return parseMoment(rest.includes('BC') ? `${date} BC` : date) ?? moment;
}

function formatBoolean(value: Cell, options: FormatOptions): CellView {
  const truth =
    typeof value === 'boolean'
      ? value
      : value instanceof NumberText
        ? value.text !== '0'
        : undefined;
  if (truth === undefined) {
    return asText(value);
  }
  return options['style'] === 'text'
    ? { kind: 'text', text: String(truth) }
    : { kind: 'boolean', text: truth ? 'true' : 'false', value: truth };
}

function asText(value: Cell): CellView {
  const whole = isJsonArray(value) ? value.map(elementText).join(', ') : plainText(value);
  const line = whole.replaceAll(/\r?\n/g, ' ↵ ');
  return { kind: 'text', text: cut(line, LONGEST_TEXT) || '{}' };
}

function elementText(element: Cell): string {
  return element === null ? 'NULL' : element === '' ? '""' : plainText(element);
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The option's text, if there is any. */
function filled(option: string | undefined): string | undefined {
  return option === '' ? undefined : option;
}

function decimals(options: FormatOptions): number | undefined {
  const wish = options['decimals'];
  return wish !== undefined && /^\d{1,3}$/.test(wish) ? Number(wish) : undefined;
}

function significantDigits(fraction: string): number {
  return fraction.replace(/0+$/, '').length;
}

function imageHeight(options: FormatOptions): number {
  const height = Number(options['height'] ?? 24);
  return Number.isInteger(height) && height >= 8 && height <= 400 ? height : 24;
}

function isStyle(style: string | undefined): style is DateStyle {
  return style === 'iso' || style === 'short' || style === 'medium' || style === 'long';
}

function isDisplay(display: string): display is 'symbol' | 'code' | 'name' {
  return display === 'symbol' || display === 'code' || display === 'name';
}
