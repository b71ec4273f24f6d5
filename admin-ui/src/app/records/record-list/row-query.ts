import { likePattern, needsRegex, parseMoment, regexLiteral } from '../../fields';
import { filterName, quoted, quotedName } from '../../model';
import type { Column, QueryParameters, RelationDetail } from '../../model';
import { isMoment } from './filter-operators';
import { filterProblem } from './filter-problem';
import type { Filter, GridState } from './grid-state';
import { browserZoneName, plainPeriod } from './period';
import { searchText } from './search-words';

/** Minutes that a wall clock is ahead of UTC; the browser's zone unless a test says otherwise. */
export type ZoneOffset = (year: number, month: number, day: number, hour: number) => number;

/** The rows that a grid's state asks for, as the server reads them; without a page. */
export function rowQuery(
  detail: RelationDetail,
  state: GridState,
  shown: readonly string[],
  zone: ZoneOffset = browserZone,
  zoneName: string | undefined = browserZoneName(),
): QueryParameters {
  const columns = new Map(detail.columns.map((column) => [column.name, column]));
  const filters = state.filters.flatMap((filter) => {
    const column = columns.get(filter.column);
    return column === undefined || filterProblem(filter, column) !== null
      ? []
      : conditions(filter, column, zone, zoneName);
  });
  const select = selected(detail, shown);
  const order = ordered(detail, state);
  return [
    ...(select.length === detail.columns.length
      ? []
      : [['select', select.map(quotedName).join(',')] as const]),
    ...filters,
    ...(state.search === '' ? [] : [['q', searchText(state.search)] as const]),
    ...(order === '' ? [] : [['order', order] as const]),
  ];
}

/** The columns that are read: those shown, the key, and what links need. */
function selected(detail: RelationDetail, shown: readonly string[]): readonly string[] {
  const wanted = new Set([...shown, ...stableKey(detail)]);
  for (const { columns } of detail.foreignKeys) {
    if (columns.some((column) => wanted.has(column))) {
      columns.forEach((column) => wanted.add(column));
    }
  }
  const names = detail.columns.map((column) => column.name);
  return wanted.size === 0 ? names : names.filter((name) => wanted.has(name));
}

/** The order ends with a key, so that rows that are equal otherwise keep their places. */
function ordered(detail: RelationDetail, { sort }: GridState): string {
  const known = sort.filter(({ key }) => detail.columns.some((column) => column.name === key));
  const tie = stableKey(detail).filter((name) => !known.some(({ key }) => key === name));
  return [
    ...known.map(({ key, descending }) => quotedName(key) + (descending ? '.desc' : '')),
    ...tie.map(quotedName),
  ].join(',');
}

function stableKey(detail: RelationDetail): readonly string[] {
  if (detail.primaryKey.length > 0) {
    return detail.primaryKey;
  }
  const isRequired = (name: string): boolean =>
    detail.columns.some((column) => column.name === name && !column.nullable);
  return detail.uniqueKeys.find((key) => key.every(isRequired)) ?? [];
}

function conditions(
  filter: Filter,
  column: Column,
  zone: ZoneOffset,
  zoneName: string | undefined,
): QueryParameters {
  const name = filterName(column.name);
  const [first = '', second = ''] = filter.values;
  switch (filter.operator) {
    case 'contains':
      return [[name, matching(first, 'contains')]];
    case 'lacks':
      // NULL lacks every text, but `not.ilike` alone would leave it out.
      return [
        ['or', `(${name}.is.null,${name}.not.${quotedOperand(matching(first, 'contains'))})`],
      ];
    case 'starts':
      return [[name, matching(first, 'starts')]];
    case 'ends':
      return [[name, matching(first, 'ends')]];
    case 'in':
      return [[name, `in.(${filter.values.map(quoted).join(',')})`]];
    case 'notin':
      return [[name, `not.in.(${filter.values.map(quoted).join(',')})`]];
    case 'true':
    case 'false':
      return [[name, `is.${filter.operator}`]];
    case 'empty':
      return [[name, 'is.empty']];
    case 'notempty':
      return [[name, 'not.is.empty']];
    case 'within': {
      // Days are those of the browser, as are the times that are shown.
      const operator = zoneName === undefined ? 'within' : `within(${zoneName})`;
      return [[name, `${operator}.${plainPeriod(first)}`]];
    }
    case 'null':
      return [[name, 'is.null']];
    case 'notnull':
      return [[name, 'not.is.null']];
    case 'between':
      return [
        ...comparison(name, column, 'gte', first, zone),
        ...comparison(name, column, 'lte', second, zone),
      ];
    default:
      return comparison(name, column, filter.operator, first, zone);
  }
}

function comparison(
  name: string,
  column: Column,
  operator: 'eq' | 'neq' | 'gt' | 'gte' | 'lt' | 'lte',
  value: string,
  zone: ZoneOffset,
): QueryParameters {
  const day = isMoment(column) && column.kind !== 'date' ? wholeDay(value, column, zone) : null;
  if (day === null) {
    return [[name, `${operator}.${zoned(value, column, zone)}`]];
  }
  switch (operator) {
    case 'eq':
      return [
        [name, `gte.${day.start}`],
        [name, `lt.${day.end}`],
      ];
    case 'neq':
      return [['or', `(${name}.lt.${quoted(day.start)},${name}.gte.${quoted(day.end)})`]];
    case 'gt':
      return [[name, `gte.${day.end}`]];
    case 'lte':
      return [[name, `lt.${day.end}`]];
    default:
      return [[name, `${operator}.${day.start}`]];
  }
}

function matching(text: string, how: 'contains' | 'starts' | 'ends'): string {
  if (!needsRegex(text)) {
    return `ilike.${likePattern(text, how)}`;
  }
  const literal = regexLiteral(text);
  return `imatch.${how === 'starts' ? '^' : ''}${literal}${how === 'ends' ? '$' : ''}`;
}

/** `operator.operand` with the operand in quotes, as logic trees need it. */
function quotedOperand(condition: string): string {
  const dot = condition.indexOf('.');
  return `${condition.slice(0, dot)}.${quoted(condition.slice(dot + 1))}`;
}

interface Day {
  readonly start: string;
  readonly end: string;
}

/** Where the day begins and where the next one does, if the value is a date without a time. */
function wholeDay(value: string, column: Column, zone: ZoneOffset): Day | null {
  const moment = parseMoment(value);
  if (moment === undefined || moment.time !== undefined || moment.year < 1) {
    return null;
  }
  const next = new Date(0);
  next.setUTCFullYear(moment.year, moment.month - 1, moment.day + 1);
  const end = next.toISOString().slice(0, 10);
  return {
    start: zoned(`${value.trim()} 00:00:00`, column, zone),
    end: zoned(`${end} 00:00:00`, column, zone),
  };
}

/** A wall clock without a zone means the zone in which times are shown: the browser's. */
function zoned(value: string, column: Column, zone: ZoneOffset): string {
  if (column.kind !== 'timestamptz') {
    return value;
  }
  const moment = parseMoment(value);
  if (moment?.time === undefined || moment.offset !== undefined) {
    return value;
  }
  const offset = zone(moment.year, moment.month, moment.day, moment.time.hour);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const size = Math.abs(offset);
  return `${value.trim()}${offset < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}

function browserZone(year: number, month: number, day: number, hour: number): number {
  return -new Date(year, month - 1, day, hour).getTimezoneOffset();
}
