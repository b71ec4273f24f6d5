import { cellText, isJsonArray, isJsonObject, NumberText } from '../../model';
import type { Cell, Column } from '../../model';

/** The control a column is edited with. */
export type EditorKind = 'boolean' | 'choice' | 'json' | 'line' | 'moment' | 'text';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The control that suits a column; arrays are edited as PostgreSQL writes them. */
export function editorKind(column: Column): EditorKind {
  if (column.array) {
    return 'line';
  }
  switch (column.kind) {
    case 'boolean':
      return 'boolean';
    case 'enum':
      return 'choice';
    case 'json':
      return 'json';
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return 'moment';
    case 'text':
      return column.maxLength !== null && column.maxLength <= 80 ? 'line' : 'text';
    case 'xml':
    case 'other':
      return 'text';
    default:
      return 'line';
  }
}

/** Whether a value is an object or a list of them, which no literal of PostgreSQL can say. */
export function holdsObject(value: Cell | undefined): boolean {
  return isJsonObject(value) || (isJsonArray(value) && value.some(holdsObject));
}

/** A typed text as a value of the column: a number where it is one, else the text itself. */
export function valueOfText(column: Column, text: string): Cell {
  const numeric = !column.array && (column.kind === 'integer' || column.kind === 'number');
  const trimmed = text.trim();
  return numeric && JSON_NUMBER.test(trimmed) ? new NumberText(trimmed) : text;
}

/** A value as it is typed; NULL and the default are nothing. */
export function textOfValue(value: Cell | undefined): string {
  return value === null || value === undefined ? '' : (cellText(value) ?? '');
}

/** What a cleared control means: empty text where that is a value, else NULL, else the default. */
export function clearedValue(column: Column): Cell | undefined {
  if (column.kind === 'text' && !column.array) {
    return '';
  }
  return column.nullable ? null : undefined;
}

/** What a value is besides itself, for the mark beside the control. */
export function stateOf(value: Cell | undefined): 'default' | 'null' | 'empty' | 'value' {
  if (value === undefined) {
    return 'default';
  }
  if (value === null) {
    return 'null';
  }
  return value === '' && !isJsonArray(value) && !isJsonObject(value) ? 'empty' : 'value';
}
