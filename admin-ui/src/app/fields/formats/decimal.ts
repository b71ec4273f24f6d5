/** A finite decimal number as text: `-` or nothing, at least one integer digit, fraction digits. */
export interface Decimal {
  readonly negative: boolean;
  readonly integer: string;
  readonly fraction: string;
}

const NUMERAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/** Reads a JSON or PostgreSQL numeral with all its digits; undefined for NaN, Infinity and others. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = NUMERAL.exec(text.trim());
  if (match === null) {
    return undefined;
  }
  const [, sign, integer = '', fraction = '', exponent = '0'] = match;
  if (integer === '' && fraction === '') {
    return undefined;
  }
  return shifted({ negative: sign === '-', integer, fraction }, Number(exponent));
}

/** The number times ten to the power of `places`, digit by digit. */
export function shifted(decimal: Decimal, places: number): Decimal {
  const { negative, integer, fraction } = decimal;
  if (places >= 0) {
    const padded = fraction.padEnd(places, '0');
    return {
      negative,
      integer: significant(integer + padded.slice(0, places)),
      fraction: padded.slice(places),
    };
  }
  const padded = integer.padStart(-places, '0');
  const point = padded.length + places;
  return {
    negative,
    integer: significant(padded.slice(0, point)),
    fraction: padded.slice(point) + fraction,
  };
}

/** The number with exactly `places` fraction digits, halves rounded away from zero as numeric does. */
export function rounded(decimal: Decimal, places: number): Decimal {
  const { negative, integer, fraction } = decimal;
  if (fraction.length <= places) {
    return { negative, integer, fraction: fraction.padEnd(places, '0') };
  }
  const kept = integer + fraction.slice(0, places);
  const digits = (fraction[places] ?? '0') >= '5' ? incremented(kept) : kept;
  const point = digits.length - places;
  const result = { integer: significant(digits.slice(0, point)), fraction: digits.slice(point) };
  return { negative: negative && /[1-9]/.test(digits), ...result };
}

/** The plain numeral, without exponent and grouping. */
export function decimalText({ negative, integer, fraction }: Decimal): string {
  return (negative ? '-' : '') + integer + (fraction === '' ? '' : `.${fraction}`);
}

function incremented(digits: string): string {
  const nines = /9*$/.exec(digits)?.[0].length ?? 0;
  const head = digits.slice(0, digits.length - nines);
  const last = head === '' ? '1' : head.slice(0, -1) + String(Number(head.slice(-1)) + 1);
  return last + '0'.repeat(nines);
}

function significant(integer: string): string {
  return integer.replace(/^0+(?=\d)/, '') || '0';
}
