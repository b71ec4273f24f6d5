import type { Column, FormatOptions } from '../../model';
import { isNumeric } from './cell-format';
import type { CellFormat } from './cell-format';
import { FORMATS } from './format-catalogue';

const IDENTIFIER = /(^|_)(id|no|nr|number|code|zip|postcode|plz|phone|year|oid|pid|port)$/;
const PERCENT = /(^|_)(percent|percentage|pct)$/;
const LINK = /(^|_)(url|uri|link|website|homepage)$/;
const IMAGE = /(^|_)(image|avatar|photo|logo|thumbnail|picture)(_ur[il])?$/;
const CATEGORY = /(^|_)(status|state|stage|phase|priority|severity|level|type|kind|category)$/;

/** The format the column has been given, else the one its kind and name suggest. */
export function formatOf(column: Column): CellFormat {
  const { format, options } = column.presentation;
  const guess = guessFormat(column);
  const known = FORMATS.find((descriptor) => descriptor.name === format);
  return known === undefined || known.name === guess.name
    ? { name: guess.name, options: { ...guess.options, ...options } }
    : { name: known.name, options };
}

/** What the kind and the name of a column suggest. */
export function guessFormat(column: Column): CellFormat {
  if (column.array) {
    return format('text');
  }
  if (isNumeric(column)) {
    return guessNumber(column);
  }
  switch (column.kind) {
    case 'boolean':
      return format('boolean');
    case 'date':
      return format('date');
    case 'timestamp':
    case 'timestamptz':
      return format('datetime');
    case 'json':
      return format('json');
    case 'enum':
      return format('badge');
    case 'text':
      return guessText(column.name.toLowerCase());
    default:
      return format('text');
  }
}

function guessNumber(column: Column): CellFormat {
  const name = column.name.toLowerCase();
  if (PERCENT.test(name)) {
    return format('percent', { scale: 'percent' });
  }
  if (column.kind === 'integer' && IDENTIFIER.test(name)) {
    return format('number', { grouping: 'false' });
  }
  return format('number');
}

function guessText(name: string): CellFormat {
  if (IMAGE.test(name)) {
    return format('image');
  }
  if (LINK.test(name)) {
    return format('link');
  }
  return format(CATEGORY.test(name) ? 'badge' : 'text');
}

function format(name: CellFormat['name'], options: FormatOptions = {}): CellFormat {
  return { name, options };
}
