import { fieldProblem } from '../../fields';
import type { Column } from '../../model';
import { isMoment, suits } from './filter-operators';
import type { Filter } from './grid-state';
import { valuesOf } from './grid-state';
import { periodProblem } from './period';

/** Why a filter cannot be asked of the database; null when it can. */
export function filterProblem(filter: Filter, column: Column | undefined): string | null {
  if (column === undefined) {
    return `There is no column '${filter.column}'`;
  }
  if (!suits(filter.operator, column)) {
    return `Not possible for ${column.type}`;
  }
  const { operator, values } = filter;
  if (operator === 'between' && values.length !== 2) {
    return 'Two values are needed';
  }
  if (valuesOf(operator) === 'several' && values.length === 0) {
    return 'At least one value is needed';
  }
  if (operator === 'within') {
    return periodProblem(values[0] ?? '', column);
  }
  for (const value of values) {
    const problem = valueProblem(value, column, operator);
    if (problem !== null) {
      return problem;
    }
  }
  return null;
}

function valueProblem(value: string, column: Column, operator: Filter['operator']): string | null {
  if (column.kind === 'text') {
    return value === '' && (operator === 'contains' || operator === 'lacks')
      ? 'A value is needed'
      : null;
  }
  if (value.trim() === '' || (isMoment(column) && value === '')) {
    return 'A value is needed';
  }
  // A filter may compare with what does not fit into the column.
  return fieldProblem({ ...column, scale: null, precision: null, maxLength: null }, value);
}
