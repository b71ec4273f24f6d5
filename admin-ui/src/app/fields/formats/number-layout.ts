import type { Decimal } from './decimal';

/** How Intl is asked to dress a number: as a plain number, as money or as a percentage. */
export type NumberDress = Pick<Intl.NumberFormatOptions, 'style' | 'currency' | 'currencyDisplay'>;

interface Grouping {
  readonly separator: string;
  readonly first: number;
  readonly others: number;
  readonly fromDigits: number;
}

interface Layout {
  readonly positive: readonly Intl.NumberFormatPart[];
  readonly negative: readonly Intl.NumberFormatPart[];
  readonly decimalSign: string;
  readonly grouping: Grouping;
  readonly digits: readonly string[];
}

const layouts = new Map<string, Layout>();

/**
 * Writes a decimal of any length as the locale does. Intl says where signs, symbols and separators
 * go; the digits never pass through a JavaScript number.
 */
export function layOut(
  decimal: Decimal,
  locale: string,
  dress: NumberDress = {},
  grouped = true,
): string {
  const layout = layoutOf(locale, dress);
  const integer = grouped ? group(decimal.integer, layout.grouping) : decimal.integer;
  const numeral =
    decimal.fraction === '' ? integer : integer + layout.decimalSign + decimal.fraction;
  let written = false;
  const parts = decimal.negative ? layout.negative : layout.positive;
  return parts
    .map((part) => {
      if (!isDigits(part)) {
        return part.value;
      }
      const text = written ? '' : localDigits(numeral, layout.digits);
      written = true;
      return text;
    })
    .join('');
}

/** How many fraction digits the currency usually has; 2 for an unknown code. */
export function currencyDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

function layoutOf(locale: string, dress: NumberDress): Layout {
  const key = JSON.stringify([locale, dress]);
  let layout = layouts.get(key);
  if (layout === undefined) {
    layout = readLayout(locale, dress);
    layouts.set(key, layout);
  }
  return layout;
}

function readLayout(locale: string, dress: NumberDress): Layout {
  const format = numberFormat(locale, dress);
  const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 });
  const long = plain.formatToParts(1_234_567_890_123.5);
  const groups = long.filter((part) => part.type === 'integer').map((part) => part.value.length);
  const first = groups.at(-1) ?? 3;
  const separator = long.find((part) => part.type === 'group')?.value ?? '';
  const fourDigits = plain.formatToParts(1234).some((part) => part.type === 'group');
  const digit = new Intl.NumberFormat(locale, { useGrouping: false });
  return {
    positive: format.formatToParts(1),
    negative: format.formatToParts(-1),
    decimalSign: long.find((part) => part.type === 'decimal')?.value ?? '.',
    grouping: {
      separator,
      first,
      others: groups.length > 2 ? (groups.at(-2) ?? first) : first,
      fromDigits: first + (fourDigits ? 1 : 2),
    },
    digits: Array.from({ length: 10 }, (_, value) => digit.format(value)),
  };
}

function numberFormat(locale: string, dress: NumberDress): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, dress);
  } catch {
    // A currency code that is none: the number is still worth showing.
    return new Intl.NumberFormat(locale);
  }
}

function isDigits(part: Intl.NumberFormatPart): boolean {
  return ['integer', 'group', 'decimal', 'fraction'].includes(part.type);
}

function group(integer: string, { separator, first, others, fromDigits }: Grouping): string {
  if (separator === '' || integer.length < fromDigits) {
    return integer;
  }
  const groups = [integer.slice(-first)];
  for (let end = integer.length - first; end > 0; end -= others) {
    groups.unshift(integer.slice(Math.max(0, end - others), end));
  }
  return groups.join(separator);
}

function localDigits(numeral: string, digits: readonly string[]): string {
  return digits[0] === '0' ? numeral : numeral.replace(/\d/g, (it) => digits[Number(it)] ?? it);
}
