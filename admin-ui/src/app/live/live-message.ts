import { isJsonArray, isJsonObject, NumberText, parseJson, readProblem, writeJson } from '../model';
import type { JsonObject, JsonValue, LiveMessage, Row, RowChange, RowCount } from '../model';

/** Reads the body of a message. Throws a `SyntaxError` for what is not one. */
export function readLiveMessage(body: string): LiveMessage {
  const message = parseJson(body);
  if (!isJsonObject(message)) {
    throw new SyntaxError('A live message is an object');
  }
  switch (message['type']) {
    case 'snapshot':
      return {
        type: 'snapshot',
        version: integer(message['version']),
        rows: list(message['rows']).map(object),
        count: count(message['count']),
      };
    case 'delta':
      return {
        type: 'delta',
        from: integer(message['from']),
        to: integer(message['to']),
        changes: list(message['changes']).map((it) => change(object(it))),
        count: count(message['count']),
      };
    case 'error':
      return { type: 'error', problem: readProblem(-1, writeJson(message['problem'] ?? null)) };
    default:
      throw new SyntaxError('Unknown type of live message');
  }
}

/** Reads the version out of a message of the schema topic. */
export function readSchemaVersion(body: string): string | null {
  const message = parseJson(body);
  const version = isJsonObject(message) ? message['version'] : undefined;
  return typeof version === 'string' ? version : null;
}

function change(value: JsonObject): RowChange {
  const at = integer(value['at']);
  const key = list(value['key'] ?? []).map((it) => (typeof it === 'string' ? it : writeJson(it)));
  switch (value['op']) {
    case 'insert':
      return { op: 'insert', at, key, row: object(value['row']) };
    case 'update':
      return { op: 'update', at, key, row: object(value['row']) };
    case 'move':
      return { op: 'move', from: integer(value['from']), at, key };
    case 'delete':
      return { op: 'delete', at, key };
    default:
      throw new SyntaxError('Unknown kind of change');
  }
}

function count(value: JsonValue | undefined): RowCount | null {
  return isJsonObject(value)
    ? { value: integer(value['value']), exact: value['exact'] === true }
    : null;
}

function integer(value: JsonValue | undefined): number {
  const number = value instanceof NumberText ? Number(value.text) : Number.NaN;
  if (!Number.isSafeInteger(number)) {
    throw new SyntaxError('An integer is missing');
  }
  return number;
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (!isJsonArray(value)) {
    throw new SyntaxError('A list is missing');
  }
  return value;
}

function object(value: JsonValue | undefined): Row {
  if (!isJsonObject(value)) {
    throw new SyntaxError('An object is missing');
  }
  return value;
}
