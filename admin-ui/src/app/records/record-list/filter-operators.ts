import type { Column } from '../../model';
import type { FilterOperator } from './grid-state';

/** An operator as it is offered for a column. */
export interface OfferedOperator {
  readonly operator: FilterOperator;
  readonly label: string;
  /** How a chip says it, between the column and the values. */
  readonly sign: string;
}

/** What the values of a filter are typed in. */
export type FilterInput = 'text' | 'number' | 'date' | 'period' | 'choices' | 'none';

const WORDS: Readonly<Record<FilterOperator, readonly [label: string, sign: string]>> = {
  eq: ['equals', '='],
  neq: ['does not equal', '≠'],
  gt: ['greater than', '>'],
  gte: ['at least', '≥'],
  lt: ['less than', '<'],
  lte: ['at most', '≤'],
  between: ['between', 'between'],
  contains: ['contains', 'contains'],
  lacks: ['does not contain', 'lacks'],
  starts: ['starts with', 'starts with'],
  ends: ['ends with', 'ends with'],
  in: ['is one of', 'is'],
  notin: ['is none of', 'is not'],
  true: ['is true', 'is true'],
  false: ['is false', 'is false'],
  within: ['in the period', 'is'],
  empty: ['is empty', 'is empty'],
  notempty: ['is not empty', 'is not empty'],
  null: ['is NULL', 'is NULL'],
  notnull: ['is not NULL', 'is not NULL'],
};

const MOMENT_WORDS: Partial<typeof WORDS> = {
  eq: ['on', '='],
  neq: ['not on', '≠'],
  gt: ['after', '>'],
  gte: ['from', '≥'],
  lt: ['before', '<'],
  lte: ['until', '≤'],
};

const TEXT: readonly FilterOperator[] = [
  'contains',
  'lacks',
  'eq',
  'neq',
  'starts',
  'ends',
  'in',
  'empty',
  'notempty',
];
const EMPTY: readonly FilterOperator[] = ['empty', 'notempty'];
const ORDERED: readonly FilterOperator[] = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'between'];

/** The operators that make sense for a column, the likeliest first. */
export function operatorsFor(column: Column): readonly OfferedOperator[] {
  const special = isMoment(column) ? MOMENT_WORDS : {};
  return operatorNames(column).map((operator) => {
    const [label, sign] = special[operator] ?? WORDS[operator];
    return { operator, label, sign };
  });
}

/** Whether an operator makes sense for a column. */
export function suits(operator: FilterOperator, column: Column): boolean {
  return operatorNames(column).includes(operator);
}

/** What the values are typed in. */
export function inputOf(operator: FilterOperator, column: Column): FilterInput {
  switch (operator) {
    case 'true':
    case 'false':
    case 'empty':
    case 'notempty':
    case 'null':
    case 'notnull':
      return 'none';
    case 'within':
      return 'period';
    case 'in':
    case 'notin':
      return column.enumValues === null ? 'text' : 'choices';
    default:
      return isMoment(column)
        ? 'date'
        : column.kind === 'integer' || column.kind === 'number'
          ? 'number'
          : 'text';
  }
}

/** How a chip says the operator. */
export function signOf(operator: FilterOperator): string {
  return WORDS[operator][1];
}

export function isMoment({ kind, array }: Column): boolean {
  return !array && (kind === 'date' || kind === 'timestamp' || kind === 'timestamptz');
}

function operatorNames(column: Column): readonly FilterOperator[] {
  return [...typedOperators(column), 'null', 'notnull'];
}

function typedOperators({ kind, array, enumValues }: Column): readonly FilterOperator[] {
  if (array) {
    return ['eq', 'neq', ...EMPTY];
  }
  switch (kind) {
    case 'text':
      return TEXT;
    case 'integer':
    case 'number':
      return [...ORDERED, 'in'];
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return ['within', ...ORDERED];
    case 'time':
    case 'timetz':
    case 'interval':
      return ORDERED;
    case 'boolean':
      return ['true', 'false'];
    case 'enum':
      return enumValues === null ? ['eq', 'neq'] : ['in', 'notin'];
    case 'uuid':
    case 'network':
      return ['eq', 'neq', 'in'];
    case 'range':
      return ['eq', 'neq', ...EMPTY];
    case 'bits':
    case 'other':
      return ['eq', 'neq'];
    case 'json':
    case 'bytea':
      return EMPTY;
    case 'geometric':
    case 'xml':
      return [];
  }
}
