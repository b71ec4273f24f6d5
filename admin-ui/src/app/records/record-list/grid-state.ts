import type { GridSort } from '../../ui/grid';

/** What a filter asks of its column. */
export type FilterOperator =
  | 'eq'
  | 'neq'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'between'
  | 'contains'
  | 'lacks'
  | 'starts'
  | 'ends'
  | 'in'
  | 'notin'
  | 'true'
  | 'false'
  | 'within'
  | 'empty'
  | 'notempty'
  | 'null'
  | 'notnull';

/** One condition on one column; how many values it has depends on the operator. */
export interface Filter {
  readonly column: string;
  readonly operator: FilterOperator;
  readonly values: readonly string[];
}

/** Which rows a grid shows, in which order: what its URL says. */
export interface GridState {
  readonly filters: readonly Filter[];
  readonly sort: readonly GridSort[];
  /** The words to search all columns for. */
  readonly search: string;
}

/** The query parameters of a grid's URL. */
export interface GridParams {
  readonly filter?: readonly string[];
  readonly order?: string;
  readonly q?: string;
}

const OPERATORS: readonly FilterOperator[] = [
  'eq',
  'neq',
  'gt',
  'gte',
  'lt',
  'lte',
  'between',
  'contains',
  'lacks',
  'starts',
  'ends',
  'in',
  'notin',
  'true',
  'false',
  'within',
  'empty',
  'notempty',
  'null',
  'notnull',
];
const SEVERAL: readonly FilterOperator[] = ['between', 'in', 'notin'];
const NONE: readonly FilterOperator[] = ['true', 'false', 'empty', 'notempty', 'null', 'notnull'];

/** Whether the operator takes a list of values, one value or none. */
export function valuesOf(operator: FilterOperator): 'several' | 'one' | 'none' {
  return SEVERAL.includes(operator) ? 'several' : NONE.includes(operator) ? 'none' : 'one';
}

/** Reads `filter=column.operator.value`, `order=column.desc,column` and `q=words`; what is unreadable is left out. */
export function readGridState(
  filter: string | readonly string[] | undefined,
  order: string | undefined,
  q: string | undefined,
): GridState {
  const filters = filter === undefined ? [] : typeof filter === 'string' ? [filter] : filter;
  return {
    filters: filters.flatMap((text) => readFilter(text) ?? []),
    sort: order === undefined || order === '' ? [] : split(order, ',').flatMap(readSort),
    search: q ?? '',
  };
}

/** The parameters that `readGridState` reads. */
export function writeGridState({ filters, sort, search }: GridState): GridParams {
  return {
    ...(filters.length === 0 ? {} : { filter: filters.map(writeFilter) }),
    ...(sort.length === 0 ? {} : { order: sort.map(writeSort).join(',') }),
    ...(search === '' ? {} : { q: search }),
  };
}

/** The parameters of a grid that shows the rows with the given values. */
export function relatedParams(values: readonly (readonly [string, string])[]): GridParams {
  const filters = values.map(([column, value]) => ({
    column,
    operator: 'eq' as const,
    values: [value],
  }));
  return writeGridState({ filters, sort: [], search: '' });
}

function readFilter(text: string): Filter | undefined {
  const [column, operator, ...rest] = split(text, '.', 2);
  if (column === undefined || operator === undefined || !isOperator(operator)) {
    return undefined;
  }
  const value = rest[0] ?? '';
  switch (valuesOf(operator)) {
    case 'none':
      return { column: plain(column), operator, values: [] };
    case 'one':
      return { column: plain(column), operator, values: [value] };
    case 'several':
      return { column: plain(column), operator, values: split(value, ',').map(plain) };
  }
}

function writeFilter({ column, operator, values }: Filter): string {
  const name = escaped(column, '.');
  switch (valuesOf(operator)) {
    case 'none':
      return `${name}.${operator}`;
    case 'one':
      return `${name}.${operator}.${values[0] ?? ''}`;
    case 'several':
      return `${name}.${operator}.${values.map((value) => escaped(value, ',')).join(',')}`;
  }
}

function readSort(text: string): GridSort[] {
  const [column, direction] = split(text, '.');
  return column === undefined || column === ''
    ? []
    : [{ key: plain(column), descending: direction === 'desc' }];
}

function writeSort({ key, descending }: GridSort): string {
  return escaped(escaped(key, '.'), ',', false) + (descending ? '.desc' : '');
}

function isOperator(text: string): text is FilterOperator {
  return (OPERATORS as readonly string[]).includes(text);
}

/** Splits at unescaped separators, at most `most` times; escapes stay. */
function split(text: string, separator: string, most = Infinity): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length && parts.length < most; at++) {
    if (text[at] === '\\') {
      at++;
    } else if (text[at] === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function escaped(text: string, separator: string, backslashes = true): string {
  const safe = backslashes ? text.replaceAll('\\', '\\\\') : text;
  return safe.replaceAll(separator, `\\${separator}`);
}

function plain(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
