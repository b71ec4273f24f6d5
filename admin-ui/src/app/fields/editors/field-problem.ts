import { cellText } from '../../model';
import type { Cell, Column } from '../../model';
import { parseMoment } from '../formats/moment';

const UUID = /^\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}?$/i;
const NUMERAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i;
const NO_NUMBER = /^\s*(?:nan|[+-]?inf(?:inity)?)\s*$/i;
const ENDLESS = /^\s*[+-]?infinity\s*$/i;
const TIME = /^\s*\d\d?:\d\d(?::\d\d(?:\.\d{1,6})?)?\s*(?:Z|[+-]\d\d(?::?\d\d)?)?\s*$/i;

const BOUNDS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int2: [-32_768n, 32_767n],
  int4: [-2_147_483_648n, 2_147_483_647n],
  int8: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  oid: [0n, 4_294_967_295n],
};

/**
 * Why a value cannot be stored in a column, as far as the page can tell; null when nothing speaks
 * against it. `undefined` stands for the column's default.
 */
export function fieldProblem(column: Column, value: Cell | undefined): string | null {
  if (value === undefined) {
    return hasDefault(column) ? null : 'A value is required';
  }
  if (value === null) {
    return column.nullable ? null : 'NULL is not allowed';
  }
  return column.array || typeof value === 'boolean'
    ? null
    : textProblem(column, cellText(value) ?? '');
}

/** Whether PostgreSQL fills the column by itself when no value is given. */
export function hasDefault(column: Column): boolean {
  return column.nullable || column.default !== null || column.identity !== null || column.generated;
}

function textProblem(column: Column, text: string): string | null {
  switch (column.kind) {
    case 'text':
      return lengthProblem(column, text);
    case 'integer':
      return integerProblem(column, text);
    case 'number':
      return numberProblem(column, text);
    case 'date':
      return momentProblem(text, false);
    case 'timestamp':
    case 'timestamptz':
      return momentProblem(text, true);
    case 'time':
    case 'timetz':
      return TIME.test(text) ? null : 'Not a time, such as 14:05:00';
    case 'uuid':
      return UUID.test(text) ? null : 'Not a UUID';
    case 'enum':
      return column.enumValues?.includes(text) === false ? 'Not one of the allowed values' : null;
    default:
      return null;
  }
}

function lengthProblem({ maxLength }: Column, text: string): string | null {
  const length = Array.from(text).length;
  return maxLength !== null && length > maxLength
    ? `${length} characters, at most ${maxLength} fit`
    : null;
}

function integerProblem(column: Column, text: string): string | null {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    return 'Not a whole number';
  }
  const bounds = BOUNDS[column.baseType];
  const value = BigInt(text.trim().replace(/^\+/, ''));
  return bounds !== undefined && (value < bounds[0] || value > bounds[1])
    ? `Must be between ${bounds[0]} and ${bounds[1]}`
    : null;
}

function numberProblem(column: Column, text: string): string | null {
  if (column.baseType === 'money') {
    return text.trim() === '' ? 'Not an amount' : null;
  }
  if (NO_NUMBER.test(text)) {
    return null;
  }
  if (!NUMERAL.test(text)) {
    return 'Not a number';
  }
  const { scale, precision } = column;
  if (/e/i.test(text) || scale === null || precision === null || scale < 0) {
    return null;
  }
  const [integer = '', fraction = ''] = text.trim().replace(/^[+-]/, '').split('.');
  if (fraction.replace(/0+$/, '').length > scale) {
    return scale === 0 ? 'No decimals fit' : `At most ${scale} decimals fit`;
  }
  const digits = precision - scale;
  return integer.replace(/^0+/, '').length > digits
    ? `At most ${digits} digits fit before the decimal point`
    : null;
}

function momentProblem(text: string, withTime: boolean): string | null {
  if (ENDLESS.test(text) || parseMoment(text) !== undefined) {
    return null;
  }
  return withTime
    ? 'Not a date and time, such as 2026-03-31 14:05:00'
    : 'Not a date, such as 2026-03-31';
}
